//! tract, which only infers. It reads ONNX: a model of that is made here in memory.

use peers::{Layer, Request, no, noise, request};
use tract_onnx::pb::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, TensorProto, TypeProto, ValueInfoProto,
    attribute_proto::AttributeType, tensor_proto::DataType, type_proto,
};
use tract_onnx::prelude::*;

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
                name: format!("w{at}.{i}"),
                dims: shape.into_iter().map(|size| size as i64).collect(),
                data_type: DataType::Float as i32,
                // No zeros and, for variances, no negative numbers.
                float_data: (0..floats).map(|i| if scale == 1.0 { 1.0 } else { noise(i) * scale }).collect(),
                ..Default::default()
            });
        }
        self.proto.node.push(NodeProto {
            name: format!("n{at}"),
            op_type: kind.into(),
            input,
            output: vec![name(at + 1)],
            attribute: attributes,
            ..Default::default()
        });
    }
}

fn ints(name: &str, ints: &[usize]) -> AttributeProto {
    let ints = ints.iter().map(|&i| i as i64).collect();
    AttributeProto { name: name.into(), r#type: AttributeType::Ints as i32, ints, ..Default::default() }
}

fn int(name: &str, i: i64) -> AttributeProto {
    AttributeProto { name: name.into(), r#type: AttributeType::Int as i32, i, ..Default::default() }
}

fn model(request: &Request) -> ModelProto {
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
    let value = |name: String| ValueInfoProto { name, ..Default::default() };
    // The shape is stated when the model is read.
    let floats = type_proto::Tensor { elem_type: DataType::Float as i32, shape: None };
    let kind = TypeProto { value: Some(type_proto::Value::TensorType(floats)), ..Default::default() };
    graph.proto.input.push(ValueInfoProto { r#type: Some(kind), ..value("x0".into()) });
    graph.proto.output.push(value(format!("x{}", graph.proto.node.len())));
    ModelProto {
        ir_version: 8,
        opset_import: vec![OperatorSetIdProto { domain: String::new(), version: 13 }],
        graph: Some(graph.proto),
        ..Default::default()
    }
}

fn infer(request: &Request) -> TractResult<()> {
    use tract_linalg::multithread::{Executor, set_default_executor};
    if request.threads > 1 {
        set_default_executor(Executor::multithread(request.threads));
    }
    let [channels, height, width] = request.net.input;
    let shape = [request.batch, channels, height, width];
    let model = tract_onnx::onnx()
        .model_for_proto_model(&model(request))?
        .with_input_fact(0, f32::fact(shape).into())?
        .into_optimized()?
        .into_runnable()?;
    let input: Tensor = tract_ndarray::ArrayD::from_shape_vec(shape.to_vec(), request.inputs())?.into();
    let input = input.into_tvalue();
    let mut state = model.spawn()?;
    request.report(|| {
        std::hint::black_box(state.run(tvec!(input.clone())).expect("the same pass as before"));
    });
    Ok(())
}

fn main() {
    let request = request();
    if request.train {
        no("only infers");
    }
    if let Err(error) = infer(&request) {
        no(&format!("{error:#}"));
    }
}
