"""The networks of ../networks.txt, read and given random weights."""
import os
from dataclasses import dataclass, field

import numpy as np

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "networks.txt")


@dataclass
class Layer:
    kind: str  # conv, pool, fc, norm, relu
    sizes: list  # the numbers in the file
    input: tuple  # channels, height, width
    output: tuple
    weights: dict = field(default_factory=dict)  # weight (PyTorch's order), bias, mean, var


def read(name):
    """The input (channels, height, width) and the layers of a network."""
    with open(FILE) as file:
        lines = [line.split(":") for line in file if ":" in line and not line.startswith("#")]
    head, chain = next(line for line in lines if line[0].split()[0] == name)
    shape = start = tuple(map(int, head.split()[1:]))
    layers = []
    for words in chain.split(","):
        kind, *sizes = words.split()
        sizes, (channels, height, width), before = list(map(int, sizes)), shape, shape
        if kind == "conv":
            filters, size, stride, pad = sizes
            shape = filters, (height + 2 * pad - size) // stride + 1, (width + 2 * pad - size) // stride + 1
        elif kind == "pool":
            size, stride = sizes
            shape = channels, (height - size) // stride + 1, (width - size) // stride + 1
        elif kind.startswith("fc"):
            shape = sizes[0], 1, 1
        layers.append(Layer(kind, sizes, before, shape))
    return start, layers


def with_weights(layers):
    """Fills in random weights; batch norms get the statistics of a network that was trained a little."""
    random = np.random.default_rng(1)
    uniform = lambda shape, bound: random.uniform(-bound, bound, shape).astype(np.float32)
    for layer in layers:
        inputs = int(np.prod(layer.input))
        if layer.kind == "conv":
            filters, size, _, _ = layer.sizes
            shape = filters, layer.input[0], size, size
            layer.weights = {"weight": uniform(shape, (6 / np.prod(shape[1:])) ** 0.5), "bias": uniform(filters, 0.1)}
        elif layer.kind.startswith("fc"):
            layer.weights = {"weight": uniform((layer.sizes[0], inputs), (6 / inputs) ** 0.5)}
            if layer.kind == "fc":
                layer.weights["bias"] = uniform(layer.sizes[0], 0.1)
        elif layer.kind == "norm":
            one = uniform(layer.input[0], 0.1)
            layer.weights = {"weight": 1 + one, "bias": one, "mean": one, "var": 1 + one}
    return layers


def channels_last(layers):
    """The weights for images whose channels come last: HWIO, and [inputs, outputs] with inputs in HWC order."""
    flat = False
    for layer in layers:
        weight = layer.weights.get("weight")
        if layer.kind == "conv":
            layer.weights["weight"] = np.ascontiguousarray(weight.transpose(2, 3, 1, 0))
        elif layer.kind.startswith("fc"):
            if not flat:
                weight = weight.reshape(-1, *layer.input).transpose(0, 2, 3, 1).reshape(weight.shape)
            flat = True
            layer.weights["weight"] = np.ascontiguousarray(weight.T)
    return layers


def onnx_model(name, batch):
    """The network as an ONNX model."""
    import onnx
    from onnx import helper, numpy_helper

    (channels, height, width), layers = read(name)
    nodes, tensors, value, flat = [], [], "x", False

    def node(kind, weights=(), **attributes):
        nonlocal value
        names = [f"{kind}{len(nodes)}.{i}" for i in range(len(weights))]
        tensors.extend(numpy_helper.from_array(array, n) for array, n in zip(weights, names))
        output = f"y{len(nodes)}"
        nodes.append(helper.make_node(kind, [value, *names], [output], **attributes))
        value = output

    for layer in with_weights(layers):
        if layer.kind == "conv":
            _, size, stride, pad = layer.sizes
            node("Conv", layer.weights.values(), kernel_shape=[size] * 2, strides=[stride] * 2, pads=[pad] * 4)
        elif layer.kind == "pool":
            size, stride = layer.sizes
            node("MaxPool", kernel_shape=[size] * 2, strides=[stride] * 2)
        elif layer.kind == "relu":
            node("Relu")
        elif layer.kind == "norm":
            node("BatchNormalization", layer.weights.values())
        else:
            if not flat:
                node("Flatten", axis=1)
            flat = True
            node("Gemm", layer.weights.values(), transB=1)
    info = lambda name, shape: helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)
    graph = helper.make_graph(
        nodes, name, [info("x", [batch, channels, height, width])], [info(value, [batch, layers[-1].output[0]])], tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
