// Branches, residuals, heads and inputs that cannot be read.
use cnn::network;

network! {
    pub struct Parentheses: 32x32x3 => add(id | conv(3, 3, same)) fc(10);
    pub struct Single: 32x32x3 => add[conv(3, 3, same)] fc(10);
    pub struct Empty: 32x32x3 => add[ | conv(3, 3, same)] fc(10);
    pub struct Residual: 32x32x3 => res(conv(3, 3, same)) fc(10);
    pub struct Via: 32x32x3 => res { conv(8, 3, same) } via conv(8, 1) fc(10);
    pub struct Heads: 32x32x3 => relu => [class: fc(10)];
    pub struct HeadTwice: 32x32x3 => relu => { class: fc(10), class: fc(4) };
    pub struct Inputs: (28x28x1, 28x28x1) => fc(10);
    pub struct InputTwice: (left: 28x28x1, left: 28x28x1) => @left fc(10);
    pub struct Frozen: 32x32x3 => #[frozen = 3] conv(8, 3) #[lr = fast] conv(8, 3) #[cold] relu #[init = xavier] fc(10);
    pub struct Attribute: 32x32x3 => conv(3, 1) @a relu add[#[frozen] @a | id] fc(10);
}

fn main() {}
