// Any word of Rust can name a part of a network, also as a raw identifier.
use cnn::network;

network! {
    block r#type(r#fn) { conv(r#fn, 3) relu }
    block loop { conv(2, 1) }
    let r#match = { conv(4, 3, same) relu };
    pub struct r#Raw: (r#in: 8x8x1, ref: 8x8x1) =>
        cat[r#match(r#in) | r#match(ref)] r#type(3) r#loop @r#where r#final: conv(3, 1) größe: conv(2, 1)
        => { r#struct: fc(3), box: cat[@where | id] fc(2), r#else: gap };
    pub struct Raws: 8x8x1 => 2 * { r#as: conv(1, 1) } fc(3);
}

mod other {
    use cnn::network;

    network! {
        use crate::Raws as r#use;
        pub struct Uses: 8x8x1 => r#use relu fc(2);
    }
}

fn main() {
    let names: Vec<&str> = <Raw as cnn::Network>::LAYERS.iter().map(|layer| layer.name).collect();
    let expected = "match.conv1 match.relu1";
    assert!(names.join(" ").starts_with(expected), "{names:?}");
    let output = [0.0; 3 + 2 + 2];
    let parts = RawOutput::of(&output);
    let _ = (parts.r#struct, parts.r#box, parts.r#else);
    let _ = other::Uses::PARAMS;
}
