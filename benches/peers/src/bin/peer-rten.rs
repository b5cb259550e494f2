//! rten, which only infers. It reads ONNX.

use peers::{Request, onnx};
use rten::{ModelOptions, RunOptions, ThreadPool, ValueView};
use std::{error::Error, sync::Arc};

fn infer(request: &Request) -> Result<(), Box<dyn Error>> {
    let [channels, height, width] = request.net.input;
    // Of use only to `MatMul` in 0.27: `Gemm` and `Conv` pack their weights at each pass.
    let model = ModelOptions::with_all_ops().prepack_weights(true).load(onnx::model(request).write_buf()?)?;
    let inputs = request.inputs();
    let input = ValueView::from_shape([request.batch, channels, height, width], &inputs)?;
    let pool = Arc::new(ThreadPool::with_num_threads(request.threads));
    let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
    let pass = || model.run_one(input.clone().into(), Some(options.clone()));
    // What rten does not support comes out only here.
    pass()?;
    // On a thread of the pool, so that no pass waits to be handed to one.
    pool.run(|| {
        request.report(|| {
            std::hint::black_box(pass().expect("the same pass as before"));
        });
    });
    Ok(())
}

fn main() {
    peers::infer_only(infer);
}
