//! candle. Its gradient descent has no momentum, so the update is written here.

use candle_core::{DType, Device, Result, Tensor, Var};
use candle_nn::{BatchNorm, Conv2d, Conv2dConfig, Linear, Module, ModuleT, VarBuilder, VarMap};
use peers::{Layer, MOMENTUM, RATE, Request, no, request};

enum Step {
    Conv(Conv2d),
    Relu,
    Pool { size: usize, stride: usize },
    Norm(BatchNorm),
    Flatten,
    Fc(Linear),
}

fn build(request: &Request, variables: &VarBuilder<'_>) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for (i, &(layer, [channels, height, width])) in request.net.layers.iter().enumerate() {
        let at = variables.pp(i);
        let step = match layer {
            Layer::Conv { filters, size, stride, pad } => {
                let config = Conv2dConfig { padding: pad, stride, ..Default::default() };
                Step::Conv(candle_nn::conv2d(channels, filters, size, config, at)?)
            }
            Layer::Relu => Step::Relu,
            Layer::Pool { size, stride } => Step::Pool { size, stride },
            Layer::Norm => Step::Norm(candle_nn::batch_norm(channels, 1e-5, at)?),
            Layer::Fc { outputs, bias } => {
                if !steps.iter().any(|step| matches!(step, Step::Flatten)) {
                    steps.push(Step::Flatten);
                }
                Step::Fc(candle_nn::linear_b(channels * height * width, outputs, bias, at)?)
            }
        };
        steps.push(step);
    }
    Ok(steps)
}

fn forward(steps: &[Step], input: &Tensor, train: bool) -> Result<Tensor> {
    steps.iter().try_fold(input.clone(), |x, step| match step {
        Step::Conv(conv) => conv.forward(&x),
        Step::Relu => x.relu(),
        Step::Pool { size, stride } => x.max_pool2d_with_stride(*size, *stride),
        Step::Norm(norm) => norm.forward_t(&x, train),
        Step::Flatten => x.flatten_from(1),
        Step::Fc(fc) => fc.forward(&x),
    })
}

fn infer(request: &Request, input: &Tensor) -> Result<()> {
    // Plain tensors, as if read from a file: no graph is kept for a backward pass.
    let variables = VarMap::new();
    build(request, &VarBuilder::from_varmap(&variables, DType::F32, &Device::Cpu))?;
    let plain = variables
        .data()
        .lock()
        .expect("nobody else has it")
        .iter()
        .map(|(name, variable)| (name.clone(), variable.as_detached_tensor()))
        .collect();
    let steps = build(request, &VarBuilder::from_tensors(plain, DType::F32, &Device::Cpu))?;
    request.report(|| {
        std::hint::black_box(forward(&steps, input, false).expect("the same pass as before"));
    });
    Ok(())
}

fn train(request: &Request, input: &Tensor) -> Result<()> {
    let variables = VarMap::new();
    let steps = build(request, &VarBuilder::from_varmap(&variables, DType::F32, &Device::Cpu))?;
    let classes = Tensor::from_iter(request.classes().map(|class| class as u32), &Device::Cpu)?;
    let wanted = input.flatten_from(1)?;
    let mut velocities: Vec<(Var, Option<Tensor>)> = variables.all_vars().into_iter().map(|var| (var, None)).collect();
    let mut step = || -> Result<()> {
        let output = forward(&steps, input, true)?;
        let loss = if request.net.repeats_input {
            candle_nn::loss::mse(&output, &wanted)?
        } else {
            candle_nn::loss::cross_entropy(&output, &classes)?
        };
        let gradients = loss.backward()?;
        for (variable, velocity) in &mut velocities {
            let Some(gradient) = gradients.get(variable) else { continue };
            let newest = match velocity.take() {
                Some(velocity) => ((velocity * MOMENTUM)? + gradient)?,
                None => gradient.clone(),
            };
            variable.set(&(variable.as_tensor() - (&newest * RATE)?)?)?;
            *velocity = Some(newest.detach());
        }
        Ok(())
    };
    // Fails where a layer has no backward pass: pooling windows that overlap.
    step()?;
    request.report(|| step().expect("the same step as before"));
    Ok(())
}

fn main() {
    let request = request();
    let [channels, height, width] = request.net.input;
    let shape = (request.batch, channels, height, width);
    let done = Tensor::from_vec(request.inputs(), shape, &Device::Cpu)
        .and_then(|input| if request.train { train(&request, &input) } else { infer(&request, &input) });
    if let Err(error) = done {
        no(&error.to_string());
    }
}
