// The memory that inference needs for activations is known before the program runs, and can be bounded.
use cnn::network;

network! {
    #[max(ram = "8K")]
    pub struct Net: 28x28x1 => conv(6, 5, p2) relu pool(2) fc(10);
}

fn main() {
    let _ = Net::new(1);
}
