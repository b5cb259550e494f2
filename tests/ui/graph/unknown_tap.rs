// A value is named before it is used.
use cnn::network;

network! {
    pub struct Misspelt: 32x32x3 => conv(8, 3, same) @early relu add[id | @erly] fc(10);
    pub struct Later: 32x32x3 => conv(8, 3, same) add[id | @late] conv(8, 3, same) @late fc(10);
    pub struct Elsewhere: 32x32x3 => conv(8, 3, same) @early relu @early fc(10);
    pub struct Beside: 32x32x3 => res { add[id | @beside] } via { conv(3, 1) @beside } fc(10);
}

fn main() {}
