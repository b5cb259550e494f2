"""A network as the bytes of a .tflite model: channels last, batch norms folded, relus fused."""
import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

import networks

OP, PADDING = schema.BuiltinOperator, schema.Padding


class Model:
    def __init__(self):
        self.tensors, self.buffers, self.codes, self.operators = [], [schema.BufferT()], [], []

    def tensor(self, shape, array=None):
        tensor = schema.TensorT()
        tensor.name, tensor.shape, tensor.buffer = f"t{len(self.tensors)}", list(shape), 0
        tensor.type = schema.TensorType.FLOAT32
        if array is not None:
            if array.dtype == np.int32:
                tensor.type = schema.TensorType.INT32
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(array).tobytes(), np.uint8)
            tensor.buffer = len(self.buffers)
            self.buffers.append(buffer)
        self.tensors.append(tensor)
        return len(self.tensors) - 1

    def constant(self, array):
        return self.tensor(array.shape, array)

    def operator(self, code, inputs, shape, options, **values):
        """Adds an operator and gives its output, of a shape."""
        if code not in self.codes:
            self.codes.append(code)
        operator = schema.OperatorT()
        operator.opcodeIndex, operator.inputs = self.codes.index(code), inputs
        operator.outputs = [self.tensor(shape)]
        operator.builtinOptionsType = getattr(schema.BuiltinOptions, options)
        operator.builtinOptions = getattr(schema, options + "T")()
        for name, value in values.items():
            setattr(operator.builtinOptions, name, value)
        self.operators.append(operator)
        return operator.outputs[0]

    def bytes(self, source, output):
        graph, model = schema.SubGraphT(), schema.ModelT()
        graph.tensors, graph.operators, graph.inputs, graph.outputs = self.tensors, self.operators, [source], [output]
        model.version, model.subgraphs, model.buffers, model.operatorCodes = 3, [graph], self.buffers, []
        for code in self.codes:
            entry = schema.OperatorCodeT()
            entry.builtinCode, entry.deprecatedBuiltinCode, entry.version = code, min(code, 127), 1
            model.operatorCodes.append(entry)
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
        return bytes(builder.Output())


def fold(layers):
    """Layers of weights with their batch norm folded in and a flag for the relu behind them, and pools."""
    done = []
    for layer in layers:
        if layer.kind == "norm":
            norm, weights = layer.weights, done[-1].weights
            scale = norm["weight"] / np.sqrt(norm["var"] + 1e-5)
            weights["weight"] = weights["weight"] * scale
            weights["bias"] = norm["bias"] + (weights.get("bias", 0) - norm["mean"]) * scale
            done[-1].output = layer.output
        elif layer.kind == "relu":
            done[-1].relu = True
        else:
            layer.relu = False
            done.append(layer)
    return done


def model(name, batch):
    (channels, height, width), layers = networks.read(name)
    model, activations = Model(), schema.ActivationFunctionType
    source = value = model.tensor((batch, height, width, channels))
    flat = False
    for layer in fold(networks.channels_last(networks.with_weights(layers))):
        channels, height, width = layer.output
        shape = batch, height, width, channels
        activation = activations.RELU if layer.relu else activations.NONE
        if layer.kind == "conv":
            _, size, stride, pad = layer.sizes
            padding = PADDING.VALID
            if pad and stride == 1 and size == 2 * pad + 1:
                padding = PADDING.SAME
            elif pad:
                c, h, w = layer.input
                pads = model.constant(np.array([[0, 0], [pad, pad], [pad, pad], [0, 0]], np.int32))
                value = model.operator(OP.PAD, [value, pads], (batch, h + 2 * pad, w + 2 * pad, c), "PadOptions")
            weight = model.constant(np.ascontiguousarray(layer.weights["weight"].transpose(3, 0, 1, 2)))
            value = model.operator(
                OP.CONV_2D, [value, weight, model.constant(layer.weights["bias"])], shape, "Conv2DOptions",
                padding=padding, strideH=stride, strideW=stride, fusedActivationFunction=activation)
        elif layer.kind == "pool":
            size, stride = layer.sizes
            value = model.operator(
                OP.MAX_POOL_2D, [value], shape, "Pool2DOptions", padding=PADDING.VALID, strideH=stride,
                strideW=stride, filterHeight=size, filterWidth=size)
        else:
            if not flat:
                to = batch, int(np.prod(layer.input))
                inputs = [value, model.constant(np.array(to, np.int32))]
                value = model.operator(OP.RESHAPE, inputs, to, "ReshapeOptions", newShape=list(to))
            flat = True
            weight = model.constant(np.ascontiguousarray(layer.weights["weight"].T))
            value = model.operator(
                OP.FULLY_CONNECTED, [value, weight, model.constant(layer.weights["bias"])], (batch, channels),
                "FullyConnectedOptions", fusedActivationFunction=activation)
    return model.bytes(source, value)
