// A mistake in a network is said where it is declared, not again where it is used.
use cnn::network;

network! {
    pub struct Trunk: 8x8x3 => conv(4, 3, s4) relu;
    pub struct Unread: 8x8x3 => conv(4 3) relu;
}

mod above {
    use cnn::network;

    network! {
        use crate::Trunk;
        use crate::Unread;
        pub struct First: 8x8x3 => Trunk fc(10);
        pub struct Second: 16x16x3 => pool(2) Unread fc(10);
        pub struct Third: 8x8x3 => Trunk fc(0);
    }

    network! {
        use crate::above::First;
        pub struct Fourth: 8x8x3 => First fc(5);
    }
}

fn main() {
    let outputs = [above::First::new(1).forward(&[[[0.0; 3]; 8]; 8])[9], 0.0];
    let _ = outputs;
}
