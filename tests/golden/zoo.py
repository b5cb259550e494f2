"""Golden values of `cnn::zoo`, computed by torchvision in float64.

    python zoo.py              writes zoo.safetensors again
    python zoo.py resnet18     shows that network's values; writes nothing

Weights are not kept: `fill` and `image` draw them, and `tests/zoo.rs` draws the same. README.md beside this script says
what the file holds.
"""
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torchvision
from safetensors.torch import save_file
from torch import nn
from torchvision import models

HERE = Path(__file__).parent
BATCH = 2

# Where the random numbers of each kind begin; a tensor's own number in the network is added.
PARAMETER, STATE, PARAMETER_DIRECTION, STATE_DIRECTION, FINE, COARSE, OUTPUT_DIRECTION, MOVE = range(0, 80_000, 10_000)

# How far the pictures are moved to see how well their gradients are determined: about as far as float32 is off behind a
# few layers. A relu or a maximum that goes the other way moves all gradients before it by a step, in float64 too.
MOVED = 1e-6

# name: (how torchvision makes it, whether the gradients are computed)
NETS = {
    "vgg11": (models.vgg11, True),
    "vgg16": (models.vgg16, False),  # it has no layer that vgg11 has not, and three times the work
    "googlenet": (lambda: models.googlenet(aux_logits=False, init_weights=False, transform_input=False), True),
    "resnet18": (models.resnet18, True),
    "resnet34": (models.resnet34, True),
    "resnet50": (models.resnet50, True),
    "densenet121": (models.densenet121, True),
    "squeezenet1_1": (models.squeezenet1_1, True),
    "mobilenet_v2": (models.mobilenet_v2, True),
    "mobilenet_v3_small": (models.mobilenet_v3_small, True),
    "shufflenet_v2_x1_0": (models.shufflenet_v2_x1_0, True),
    # Ours does not drop blocks.
    "efficientnet_b0": (lambda: models.efficientnet_b0(stochastic_depth_prob=0.0), True),
}


def mix(x):
    """The mixer of SplitMix64 (Steele, Lea, Flood, 2014)."""
    x = np.asarray(x, np.uint64)
    with np.errstate(over="ignore"):
        x = x + np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def uniform(stream, length, low, high):
    """The first numbers of a stream, which is named by its number and its length: float32, held as float64."""
    with np.errstate(over="ignore"):
        states = np.uint64(stream << 32 | length) + np.arange(length, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    unit = (mix(states) >> np.uint64(40)).astype(np.float64) / 2**24  # exact in float32 too
    return (low + (high - low) * unit).astype(np.float32).astype(np.float64)


def span(name, shape):
    """Between what the values of a tensor lie, so that activations stay near 1."""
    if name.endswith("running_mean") or name.endswith("bias"):
        return -0.1, 0.1
    if name.endswith("running_var"):
        return 0.5, 1.5
    if len(shape) == 1:
        return 0.9, 1.1
    # The variance of He et al. (2015), 2 / fan_in.
    bound = math.sqrt(6 / math.prod(shape[1:]))
    return -bound, bound


def draw(stream, shape, low, high):
    return torch.from_numpy(uniform(stream, math.prod(shape), low, high)).reshape(shape)


def image(sample, moved=0.0):
    """A picture of 32 x 32 squares under noise: white noise alone looks the same to all deep layers. `moved` adds some
    more noise of that size."""
    coarse = draw(COARSE + sample, (3, 7, 7), -1, 1).repeat_interleave(32, 1).repeat_interleave(32, 2)
    picture = (coarse + draw(FINE + sample, (3, 224, 224), -1, 1)) / 2
    return picture + moved * draw(MOVE + sample, picture.shape, -1, 1) if moved else picture


class Dropout(nn.Module):
    """Drops what `cnn-runtime/src/layers/drop.rs` drops in the first step of a network with seed 0."""

    def __init__(self, probability, index):
        super().__init__()
        self.probability, self.index = probability, index

    def factors(self, sample, length):
        key = mix(0)
        for x in sample, self.index:
            key = mix(key ^ mix(x))
        low, high = (np.uint32(int(key) >> shift & 0xFFFFFFFF) for shift in (0, 32))
        with np.errstate(over="ignore"):
            x = np.arange(length, dtype=np.uint32) + low
            x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D) + high
            x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
        kept = ((x ^ (x >> np.uint32(16))) >> np.uint32(8)) >= round(self.probability * 2**24)
        return torch.from_numpy(kept / (1 - self.probability))

    def forward(self, x):
        if not self.training:
            return x
        rows = x.movedim(1, -1)  # elements are counted channels last
        factors = torch.stack([self.factors(i, rows[0].numel()) for i in range(len(x))])
        return x * factors.reshape(rows.shape).movedim(-1, 1).to(x.dtype)


def state_of(net):
    return [(name, tensor) for name, tensor in net.named_buffers() if "running" in name]


def build(name):
    net = NETS[name][0]().double()
    found = [(path, module) for path, module in net.named_modules() if isinstance(module, nn.Dropout)]
    for index, (path, module) in enumerate(found):
        parent, _, child = path.rpartition(".")
        setattr(net.get_submodule(parent), child, Dropout(module.p, index))
    for first, tensors in (PARAMETER, net.named_parameters()), (STATE, state_of(net)):
        for i, (path, tensor) in enumerate(tensors):
            with torch.no_grad():
                tensor.copy_(draw(first + i, tensor.shape, *span(path, tensor.shape)))
    return net


def digest(first, tensors):
    """Each tensor's product with a direction, and its norm."""
    rows = []
    for i, tensor in enumerate(tensors):
        direction = draw(first + i, tensor.shape, -1, 1).to(tensor.dtype)
        rows.append(torch.stack([(tensor * direction).sum(), tensor.norm()]))
    return torch.stack(rows).detach()


def compute(net, with_gradients, moved=0.0):
    dtype = next(net.parameters()).dtype
    images = torch.stack([image(sample, moved) for sample in range(BATCH)]).to(dtype)
    with torch.no_grad():
        out = {"logits": net.eval()(images[:1])[0]}
    if with_gradients:
        outputs = net.train()(images)
        directions = torch.stack([draw(OUTPUT_DIRECTION + i, outputs[i].shape, -1, 1) for i in range(BATCH)])
        loss = (outputs * directions.to(dtype)).sum() / BATCH
        loss.backward()
        out["loss"] = loss.detach().reshape(1)
        out["gradients"] = digest(PARAMETER_DIRECTION, [p.grad for p in net.parameters()])
        state = [tensor for _, tensor in state_of(net)]
        if state:
            out["state"] = digest(STATE_DIRECTION, state)
    return out


def error(exact, single):
    """The largest error, relative to the largest value, or to the norm beside it (as in `tests/zoo.rs`)."""
    off = (single.double() - exact).abs()
    if exact.dim() == 2 and exact.shape[1] == 2:
        norms = exact[:, 1:]
        return (off / norms.clamp_min(norms.sort(0)[0][len(norms) // 2] / 100)).max().item()
    return (off.max() / exact.abs().max()).item()


def main():
    words = sys.argv[1:]
    file = {}
    for name in words or NETS:
        start = time.time()
        exact = compute(build(name), NETS[name][1])
        single = compute(build(name).float(), NETS[name][1])
        errors = {key: error(value, single[key]) for key, value in exact.items()}
        if NETS[name][1]:
            moved = compute(build(name), True, MOVED)["gradients"]
            exact["step"] = torch.tensor([error(exact["gradients"], moved)])
            errors["gradients when moved"] = exact["step"].item()
        errors = ", ".join(f"{key} {value:.1e}" for key, value in errors.items())
        print(f"{name} ({time.time() - start:.0f} s): errors of float32: {errors}", flush=True)
        if words:
            print(exact)
        for key, value in exact.items():
            file[f"{name}.{key}"] = value.float().contiguous()
    if not words:
        path = HERE / "zoo.safetensors"
        save_file(file, path, {"torch": torch.__version__, "torchvision": torchvision.__version__})
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
