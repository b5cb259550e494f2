//! The networks as ONNX models, made in memory for the peers that read them.

use crate::{Layer, Request, noise};
use rten_onnx::onnx::{
    AttributeProto, AttributeType, DataType, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, TensorProto,
    TypeProto, TypeProtoTensor, ValueInfoProto,
};

/// A graph in which each node takes what the one before it gave.
#[derive(Default)]
struct Graph {
    proto: GraphProto,
}

impl Graph {
    fn node(&mut self, kind: &str, weights: Vec<(Vec<usize>, f32)>, attributes: Vec<AttributeProto>) {
        let at = self.proto.node.len();
        let name = |i: usize| format!("x{i}");
        let mut input = vec![name(at)];
        for (i, (shape, scale)) in weights.into_iter().enumerate() {
            let floats = shape.iter().product::<usize>() as u64;
            input.push(format!("w{at}.{i}"));
            self.proto.initializer.push(TensorProto {
                name: Some(format!("w{at}.{i}")),
                dims: shape.into_iter().map(|size| size as i64).collect(),
                data_type: Some(DataType::FLOAT),
                // No zeros and, for variances, no negative numbers.
                float_data: (0..floats).map(|i| if scale == 1.0 { 1.0 } else { noise(i) * scale }).collect(),
                ..Default::default()
            });
        }
        self.proto.node.push(NodeProto {
            name: Some(format!("n{at}")),
            op_type: Some(kind.into()),
            input,
            output: vec![name(at + 1)],
            attribute: attributes,
            ..Default::default()
        });
    }
}

fn ints(name: &str, ints: &[usize]) -> AttributeProto {
    let ints = ints.iter().map(|&i| i as i64).collect();
    AttributeProto { name: Some(name.into()), r#type: Some(AttributeType::INTS), ints, ..Default::default() }
}

fn int(name: &str, i: i64) -> AttributeProto {
    AttributeProto { name: Some(name.into()), r#type: Some(AttributeType::INT), i: Some(i), ..Default::default() }
}

/// The request's network, with noise for weights.
pub fn model(request: &Request) -> ModelProto {
    let mut graph = Graph::default();
    let mut flat = false;
    for &(layer, [channels, height, width]) in &request.net.layers {
        let inputs = channels * height * width;
        let spread = |inputs: usize| (3.0 / inputs as f32).sqrt();
        match layer {
            Layer::Conv { filters, size, stride, pad } => {
                let weight = (vec![filters, channels, size, size], spread(channels * size * size));
                let attributes =
                    vec![ints("kernel_shape", &[size; 2]), ints("strides", &[stride; 2]), ints("pads", &[pad; 4])];
                graph.node("Conv", vec![weight, (vec![filters], 0.1)], attributes);
            }
            Layer::Relu => graph.node("Relu", vec![], vec![]),
            Layer::Pool { size, stride } => {
                graph.node("MaxPool", vec![], vec![ints("kernel_shape", &[size; 2]), ints("strides", &[stride; 2])]);
            }
            Layer::Norm => graph.node("BatchNormalization", vec![(vec![channels], 1.0); 4], vec![]),
            Layer::Fc { outputs, bias } => {
                if !std::mem::replace(&mut flat, true) {
                    graph.node("Flatten", vec![], vec![int("axis", 1)]);
                }
                let mut weights = vec![(vec![outputs, inputs], spread(inputs))];
                weights.extend(bias.then(|| (vec![outputs], 0.1)));
                graph.node("Gemm", weights, vec![int("transB", 1)]);
            }
        }
    }
    let value = |name: String| ValueInfoProto { name: Some(name), ..Default::default() };
    // No shape: tract is told it when it reads the model, rten sees it on the input.
    let floats = TypeProtoTensor { elem_type: Some(DataType::FLOAT), shape: None };
    let kind = TypeProto { tensor_type: Some(floats), ..Default::default() };
    graph.proto.input.push(ValueInfoProto { r#type: Some(kind), ..value("x0".into()) });
    graph.proto.output.push(value(format!("x{}", graph.proto.node.len())));
    ModelProto {
        ir_version: Some(8),
        opset_import: vec![OperatorSetIdProto { domain: None, version: Some(13) }],
        graph: Some(graph.proto),
        ..Default::default()
    }
}
