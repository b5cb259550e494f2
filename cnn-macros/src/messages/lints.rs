//! Warnings: what compiles and was probably not meant.

pub fn lint_bias_before_norm(words: &str) -> String {
    format!("`{words}` adds biases that this norm takes away again: `nobias` saves them")
}

pub fn lint_softmax_twice() -> String {
    "a softmax of a softmax is nearly flat: one of the two is enough".to_owned()
}

pub fn lint_no_activation(words: &str, before: &str) -> String {
    format!("`{words}` directly behind `{before}`: without an activation between them the two are one linear layer")
}

pub fn lint_stride_skips(words: &str, stride: usize, kernel: usize) -> String {
    format!("the windows of `{words}` leave out what lies between them: a stride of {stride} over a size of {kernel}")
}

pub fn lint_field(stated: u64, sees: [usize; 2]) -> String {
    format!("an output sees {}x{} of the input, less than the {stated}x{stated} that are stated", sees[0], sees[1])
}
