"""peer.py PEER NET infer|train BATCH THREADS SECONDS: prints one line of JSON, the median of microseconds a sample.

Each peer is a function of the request that gives the work to time: one forward pass, or one training step (forward,
cross-entropy or the autoencoder's mean squared error, backward, gradient descent with momentum). Inputs are bound
beforehand where a peer allows it. All compute in float32.
"""
import json
import math
import sys
import tempfile
import time
from types import SimpleNamespace

import numpy as np

import networks

RATE, MOMENTUM = 1e-4, 0.9


def torch_peer(r, channels_last=False, compiled=False):
    import torch
    from torch import nn

    torch.set_num_threads(r.threads)
    parts, flat = [], False
    for layer in r.layers:
        channels, height, width = layer.input
        if layer.kind == "conv":
            parts.append(nn.Conv2d(channels, *layer.sizes))
        elif layer.kind == "pool":
            parts.append(nn.MaxPool2d(*layer.sizes))
        elif layer.kind == "relu":
            parts.append(nn.ReLU(inplace=True))
        elif layer.kind == "norm":
            parts.append(nn.BatchNorm1d(channels))
        else:
            parts += [] if flat else [nn.Flatten()]
            flat = True
            parts.append(nn.Linear(channels * height * width, layer.sizes[0], bias=layer.kind == "fc"))
    model, x, classes = nn.Sequential(*parts), torch.from_numpy(r.input), torch.from_numpy(r.classes)
    if channels_last:
        model = model.to(memory_format=torch.channels_last)
        x = x.contiguous(memory_format=torch.channels_last)
    options = {"mode": "max-autotune-no-cudagraphs"}

    if not r.train:
        model.eval()
        if compiled:
            import torch._inductor.config as inductor
            inductor.freezing = True  # weights become constants, packed once
            inductor.cpp_wrapper = True  # no Python between kernels
            model = torch.compile(model, **options)

        r.guard = torch.inference_mode()  # kept: holds for as long as the request
        r.guard.__enter__()
        return lambda: model(x)

    optimizer = torch.optim.SGD(model.parameters(), RATE, MOMENTUM, fused=True)
    wanted = x.flatten(1)

    def loss():
        output = model(x)
        return nn.functional.mse_loss(output, wanted) if r.repeats_input else nn.functional.cross_entropy(output, classes)
    loss = torch.compile(loss, **options) if compiled else loss

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss().backward()
        optimizer.step()
    return step


def onnxruntime_peer(r):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = r.threads, 1
    model = networks.onnx_model(r.net, r.batch).SerializeToString()
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    output = session.get_outputs()[0]
    binding = session.io_binding()
    binding.bind_ortvalue_input("x", onnxruntime.OrtValue.ortvalue_from_numpy(r.input))
    binding.bind_ortvalue_output(
        output.name, onnxruntime.OrtValue.ortvalue_from_shape_and_type(output.shape, np.float32))
    return lambda: session.run_with_iobinding(binding)


def openvino_peer(r):
    import openvino

    with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
        file.write(networks.onnx_model(r.net, r.batch).SerializeToString())
        file.flush()
        model = openvino.Core().compile_model(file.name, "CPU", {
            "INFERENCE_NUM_THREADS": r.threads, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "f32"})  # bfloat16 otherwise, where the processor has it
    request = model.create_infer_request()
    request.set_input_tensor(openvino.Tensor(r.input))
    return request.infer


def litert_peer(r):
    from ai_edge_litert.interpreter import Interpreter

    import tflite

    interpreter = Interpreter(model_content=tflite.model(r.net, r.batch), num_threads=r.threads)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], r.input.transpose(0, 2, 3, 1).copy())
    return interpreter.invoke


def jax_peer(r):
    import jax
    import jax.numpy as jnp
    from jax import lax

    jax.config.update("jax_cpu_enable_async_dispatch", False)  # the least time a call
    layers = networks.channels_last(networks.with_weights(r.layers))
    x, classes = jnp.asarray(r.input.transpose(0, 2, 3, 1)), jnp.asarray(r.classes)
    learnt = [{k: jnp.asarray(v) for k, v in l.weights.items() if k in ("weight", "bias")} for l in layers]
    running = [{k: jnp.asarray(v) for k, v in l.weights.items() if k in ("mean", "var")} for l in layers]

    def forward(learnt, running, x):
        measured = []
        for layer, w, state in zip(layers, learnt, running):
            measured.append(state)
            if layer.kind == "conv":
                _, _, stride, pad = layer.sizes
                x = lax.conv_general_dilated(
                    x, w["weight"], [stride] * 2, [(pad, pad)] * 2, dimension_numbers=("NHWC", "HWIO", "NHWC"))
                x += w["bias"]
            elif layer.kind == "pool":
                size, stride = layer.sizes
                x = lax.reduce_window(x, -jnp.inf, lax.max, (1, size, size, 1), (1, stride, stride, 1), "VALID")
            elif layer.kind == "relu":
                x = jax.nn.relu(x)
            elif layer.kind == "norm":
                mean, var = state["mean"], state["var"]
                if r.train:
                    mean, var = x.mean(0), x.var(0)
                    measured[-1] = {"mean": 0.9 * state["mean"] + 0.1 * mean,
                                    "var": 0.9 * state["var"] + 0.1 * var * r.batch / (r.batch - 1)}
                x = (x - mean) * (lax.rsqrt(var + 1e-5) * w["weight"]) + w["bias"]
            else:
                x = x.reshape(r.batch, -1) @ w["weight"]
                x = x + w["bias"] if "bias" in w else x
        return x, measured

    if not r.train:
        if sum(w.size for w in jax.tree.leaves(learnt)) < 5_000_000:  # as constants: faster, but slow to compile
            run = jax.jit(lambda x: forward(learnt, running, x)[0])
            return lambda: run(x).block_until_ready()
        run = jax.jit(lambda learnt, x: forward(learnt, running, x)[0])
        return lambda: run(learnt, x).block_until_ready()

    def loss(learnt, running):
        output, measured = forward(learnt, running, x)
        if r.repeats_input:
            return jnp.mean((output - x.reshape(output.shape)) ** 2), measured
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(output), classes[:, None], 1)), measured

    def update(learnt, running, velocity):
        (value, running), gradients = jax.value_and_grad(loss, has_aux=True)(learnt, running)
        velocity = jax.tree.map(lambda v, g: MOMENTUM * v + g, velocity, gradients)
        return jax.tree.map(lambda w, v: w - RATE * v, learnt, velocity), running, velocity, value

    update = jax.jit(update, donate_argnums=(0, 1, 2))
    state = [learnt, running, jax.tree.map(jnp.zeros_like, learnt)]

    def step():
        state[:] = jax.block_until_ready(update(*state))[:3]
    return step


PEERS = {
    "torch": torch_peer,
    "torch-channels-last": lambda r: torch_peer(r, channels_last=True),
    "torch-compile": lambda r: torch_peer(r, compiled=True),
    "onnxruntime": onnxruntime_peer,
    "openvino": openvino_peer,
    "litert": litert_peer,
    "jax": jax_peer,
}


def median(work, seconds, threads):
    """Seconds a call; on one thread in processor time, which other work on the machine disturbs little."""
    now = time.process_time if threads == 1 else time.perf_counter
    calls, begun = 0, time.perf_counter()
    while calls < 3 or time.perf_counter() - begun < seconds / 4:
        if calls == 1:
            begun = time.perf_counter()  # the first call may have compiled
        work()
        calls += 1
    inner = math.ceil(200e-6 * (calls - 1) / (time.perf_counter() - begun))
    times, begun = [], time.perf_counter()
    while len(times) < 5 or time.perf_counter() - begun < seconds:
        start = now()
        for _ in range(inner):
            work()
        times.append((now() - start) / inner)
    return sorted(times)[len(times) // 2]


def main():
    peer, net, task, batch, threads, seconds = sys.argv[1:]
    batch, threads = int(batch), int(threads)
    if task not in ("infer", "train"):
        sys.exit(f"takes infer or train, found {task!r}")
    start, layers = networks.read(net)
    request = SimpleNamespace(
        net=net, layers=layers, train=task == "train", batch=batch, threads=threads,
        repeats_input=net == "autoencoder", classes=np.arange(batch) * 7 % layers[-1].output[0],
        input=np.random.default_rng(2).uniform(-1, 1, (batch, *start)).astype(np.float32))
    work = PEERS[peer](request)
    print(json.dumps({"us": median(work, float(seconds), threads) * 1e6 / batch}))


if __name__ == "__main__":
    main()
