"""Prints the table of tests.rs: what PyTorch makes of single layers in float64.

    python make.py > cases.txt      (PyTorch 2.15.0; any version gives these numbers)

Inputs and tensors are `pattern(k, i)`: element i of the input (k = 0), of the layer's tensors (k = 1, 2, ..) and of the
state that `@start` names (k = 9).
"""
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def pattern(k, *shape):
    n = torch.Size(shape).numel()
    return torch.tensor([((3 * i * i + 7 * i + 13 * k) % 23 - 11) / 8 for i in range(n)]).reshape(shape)


def conv(filters, kernel, group_in, bias=True, pad=(0, 0, 0, 0), **options):
    def run(x):
        w = pattern(1, filters, group_in, *kernel)
        # F.pad wants left, right, top, bottom.
        return F.conv2d(F.pad(x, pad), w, pattern(2, filters) if bias else None, **options)
    return run


def deconv(filters, kernel, group_out, bias=True, cut=(0, 0, 0, 0), **options):
    def run(x):
        w = pattern(1, x.shape[1], group_out, *kernel)
        y = F.conv_transpose2d(x, w, pattern(2, filters) if bias else None, **options)
        left, right, top, bottom = cut
        return y[:, :, top:y.shape[2] - bottom, left:y.shape[3] - right]
    return run


def norm(training):
    def run(x):
        c = x.shape[1]
        state = [pattern(3, c), pattern(4, c).abs() + 0.5]
        y = F.batch_norm(x, *state, pattern(1, c), pattern(2, c), training=training)
        return torch.cat([y.flatten()] + ([s for s in state] if training else []))
    return run


def start(samples, hidden, states):
    """What `@start` names: a state, and an LSTM's memory behind it."""
    return pattern(9, samples, hidden * states).split(hidden, dim=1)


def recurrent(layer, hidden, inputs, last=False, state=False, begins=False):
    """Every row is a step, its numbers channel by channel."""
    def run(x):
        module = layer(inputs, hidden, batch_first=True)
        with torch.no_grad():
            for k, tensor in enumerate(module.parameters(), 1):
                tensor.copy_(pattern(k, *tensor.shape))
            x = x.permute(0, 2, 1, 3).flatten(2)
            is_lstm = layer is torch.nn.LSTM
            before = [part[None] for part in start(x.shape[0], hidden, 2 if is_lstm else 1)]
            y, end = module(x, (tuple(before) if is_lstm else before[0]) if begins else None)
        if state:
            return torch.cat([part[0] for part in (end if is_lstm else [end])], dim=1)
        return y[:, -1] if last else y.transpose(1, 2)
    return run


CASES = [
    # words, samples, input (height, width, channels), PyTorch
    ("conv(2, 3x2, s2x1, p[1, 0, 2, 1])", 1, (4, 5, 2), conv(2, (3, 2), 2, pad=(2, 1, 1, 0), stride=(2, 1))),
    ("conv(4, 2, g2, d2, nobias)", 1, (4, 5, 4), conv(4, (2, 2), 2, bias=False, groups=2, dilation=2)),
    ("conv(1, 4, same)", 1, (4, 5, 2), conv(1, (4, 4), 2, padding="same")),
    ("conv(2, 3, stride = 2, p1, floor)", 1, (4, 5, 2), conv(2, (3, 3), 2, stride=2, padding=1)),
    ("dw(3, s2, p1, d2, floor)", 1, (6, 5, 3), conv(3, (3, 3), 1, groups=3, stride=2, padding=1, dilation=2)),
    ("deconv(3, 3, s2, p1, o1)", 1, (2, 3, 2), deconv(3, (3, 3), 3, stride=2, padding=1, output_padding=1)),
    ("deconv(4, 2x3, s2x1, d1x2, g2, nobias)", 1, (2, 3, 4),
     deconv(4, (2, 3), 2, bias=False, stride=(2, 1), dilation=(1, 2), groups=2)),
    ("deconv(2, 3, p[1, 0, 0, 2])", 1, (3, 4, 1), deconv(2, (3, 3), 2, cut=(0, 2, 1, 0))),
    ("pool(2, floor)", 1, (4, 5, 2), lambda x: F.max_pool2d(x, 2)),
    ("pool(3, s2, p1, ceil)", 1, (4, 5, 2), lambda x: F.max_pool2d(x, 3, 2, 1, ceil_mode=True)),
    ("pool(2, p1, ceil)", 1, (5, 4, 1), lambda x: F.max_pool2d(x, 2, 2, 1, ceil_mode=True)),
    ("avg(3, s2, p1, ceil)", 1, (4, 6, 2), lambda x: F.avg_pool2d(x, 3, 2, 1, ceil_mode=True)),
    ("avg(2x3, s1x2)", 1, (4, 5, 2), lambda x: F.avg_pool2d(x, (2, 3), (1, 2))),
    ("avg(2, p1, ceil)", 1, (5, 4, 1), lambda x: F.avg_pool2d(x, 2, 2, 1, ceil_mode=True)),
    ("gap", 2, (3, 4, 2), lambda x: x.mean((2, 3))),
    ("gmax", 2, (3, 4, 2), lambda x: x.amax((2, 3))),
    ("fc(3)", 2, (2, 3, 2), lambda x: F.linear(x.flatten(1), pattern(1, 3, 12), pattern(2, 3))),
    ("bn", 3, (1, 2, 2), norm(False)),
    ("bn training", 3, (1, 2, 2), norm(True)),
    ("softmax", 1, (1, 2, 3), lambda x: x.softmax(1)),
    ("logsoftmax", 1, (1, 2, 3), lambda x: x.log_softmax(1)),
    ("up(2)", 1, (2, 2, 2), lambda x: F.interpolate(x, scale_factor=2)),
    ("up(2x3, bilinear)", 1, (2, 3, 2), lambda x: F.interpolate(x, scale_factor=(2, 3), mode="bilinear")),
    ("adaptive(3x2)", 1, (5, 3, 2), lambda x: F.adaptive_avg_pool2d(x, (3, 2))),
    ("adaptive(4)", 1, (3, 4, 1), lambda x: F.adaptive_avg_pool2d(x, 4)),
    ("pixelshuffle(2)", 1, (2, 1, 8), lambda x: F.pixel_shuffle(x, 2)),
    ("shuffle(3)", 1, (1, 2, 6), lambda x: F.channel_shuffle(x, 3)),
    ("slice(1, 3)", 1, (1, 2, 4), lambda x: x[:, 1:3]),
    ("reshape(2x3x4)", 1, (3, 2, 4), lambda x: x.permute(0, 2, 3, 1).reshape(1, 2, 3, 4).permute(0, 3, 1, 2)),
    ("reshape(24)", 1, (3, 2, 4), lambda x: x.flatten(1)),
    ("ln", 2, (2, 3, 2), lambda x: F.layer_norm(x, (2, 2, 3), pattern(1, 2, 2, 3), pattern(2, 2, 2, 3))),
    ("ln(channels)", 2, (2, 2, 3),
     lambda x: F.layer_norm(x.permute(0, 2, 3, 1), (3,), pattern(1, 3), pattern(2, 3)).permute(0, 3, 1, 2)),
    ("gn(2, eps = 1e-2)", 2, (1, 3, 4), lambda x: F.group_norm(x, 2, pattern(1, 4), pattern(2, 4), 1e-2)),
    ("inorm", 2, (2, 2, 3), lambda x: F.instance_norm(x, weight=pattern(1, 3), bias=pattern(2, 3))),
    ("lrn(5)", 1, (1, 2, 7), lambda x: F.local_response_norm(x, 5)),
    ("lrn(4, alpha = 0.5, beta = 0.6, k = 2.0)", 1, (1, 2, 7),
     lambda x: F.local_response_norm(x, 4, 0.5, 0.6, 2.0)),
    ("l2norm", 1, (1, 2, 3), F.normalize),
    ("drop(0, channels)", 1, (1, 4, 2), lambda x: F.dropout2d(x, 0.0)),
    ("relu", 1, (1, 8, 1), F.relu),
    ("leaky", 1, (1, 8, 1), F.leaky_relu),
    ("leaky(0.1)", 1, (1, 8, 1), lambda x: F.leaky_relu(x, 0.1)),
    ("elu", 1, (1, 8, 1), F.elu),
    ("elu(0.7)", 1, (1, 8, 1), lambda x: F.elu(x, 0.7)),
    ("gelu", 1, (1, 8, 1), F.gelu),
    ("silu", 1, (1, 8, 1), F.silu),
    ("sigmoid", 1, (1, 8, 1), torch.sigmoid),
    ("tanh", 1, (1, 8, 1), torch.tanh),
    ("hardswish", 1, (1, 8, 1), F.hardswish),
    ("hardsigmoid", 1, (1, 8, 1), F.hardsigmoid),
    ("softplus", 1, (1, 8, 1), F.softplus),
    ("prelu", 1, (1, 8, 1), lambda x: F.prelu(x, pattern(1, 1))),
    ("id", 1, (1, 8, 1), lambda x: x),
    ("rnn(2)", 2, (3, 1, 2), recurrent(torch.nn.RNN, 2, 2)),
    ("lstm(2)", 2, (3, 1, 2), recurrent(torch.nn.LSTM, 2, 2)),
    ("gru(2)", 2, (3, 1, 2), recurrent(torch.nn.GRU, 2, 2)),
    ("lstm(3, last)", 2, (3, 2, 2), recurrent(torch.nn.LSTM, 3, 4, last=True)),
    ("gru(3, last)", 1, (4, 2, 2), recurrent(torch.nn.GRU, 3, 4, last=True)),
    ("lstm(3, state)", 2, (3, 1, 2), recurrent(torch.nn.LSTM, 3, 2, state=True)),
    ("rnn(3, from = @start)", 2, (3, 1, 2), recurrent(torch.nn.RNN, 3, 2, begins=True)),
    ("lstm(2, from = @start)", 2, (3, 1, 2), recurrent(torch.nn.LSTM, 2, 2, begins=True)),
    ("lstm(2, state, from = @start)", 2, (3, 1, 2), recurrent(torch.nn.LSTM, 2, 2, state=True, begins=True)),
    ("gru(3, state, from = @start)", 2, (2, 2, 2), recurrent(torch.nn.GRU, 3, 4, state=True, begins=True)),
    ("bias", 2, (3, 2, 2), lambda x: x + pattern(1, *x.shape[1:])),
    ("drop(0)", 1, (1, 8, 1), lambda x: F.dropout(x, 0.0)),
]

for words, samples, (height, width, channels), run in CASES:
    output = run(pattern(0, samples, channels, height, width)).flatten().tolist()
    print(words, "|", samples, height, width, channels, "|", *(f"{v:.12g}" for v in output))
