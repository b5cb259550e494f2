//! tract, which only infers. It reads ONNX.

use peers::{Request, onnx};
use tract_onnx::prelude::*;

fn infer(request: &Request) -> TractResult<()> {
    use tract_linalg::multithread::{Executor, set_default_executor};
    if request.threads > 1 {
        set_default_executor(Executor::multithread(request.threads));
    }
    let [channels, height, width] = request.net.input;
    let shape = [request.batch, channels, height, width];
    let model = tract_onnx::onnx()
        .model_for_read(&mut onnx::model(request).write_buf()?.as_slice())?
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
    peers::infer_only(infer);
}
