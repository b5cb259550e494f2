//! Words that were meant: of other frameworks, of later versions, or misspelt.

use crate::layers::kind::Kind;
use crate::layers::{OTHER_WORDS, kinds};

/// What can be said about an unknown layer word.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Another framework's word for ours.
    Foreign(&'static str),
    /// Nearly one of ours.
    Near(&'static str),
    /// Not a layer: why, and where it belongs.
    Elsewhere(&'static str),
    /// A layer of other frameworks that there is none for, and why ours are not it.
    Absent(&'static str),
    Unknown,
}

impl Answer {
    /// Our word for it.
    pub fn word(&self) -> Option<&'static str> {
        match self {
            Self::Foreign(word) | Self::Near(word) => Some(word),
            Self::Elsewhere(_) | Self::Absent(_) | Self::Unknown => None,
        }
    }
}

/// Words of other frameworks, in lower case without underscores, and ours.
const FOREIGN: &[(&str, &str)] = &[
    ("conv2d", "conv"),
    ("conv1d", "conv"),
    ("convolution", "conv"),
    ("convolution2d", "conv"),
    ("convolutional", "conv"),
    ("depthwiseconv2d", "dw"),
    ("depthwise", "dw"),
    ("depthwiseconv", "dw"),
    ("dwconv", "dw"),
    ("convtranspose2d", "deconv"),
    ("conv2dtranspose", "deconv"),
    ("convtranspose", "deconv"),
    ("transposedconv", "deconv"),
    ("deconv2d", "deconv"),
    ("deconvolution", "deconv"),
    ("maxpool", "pool"),
    ("maxpool2d", "pool"),
    ("maxpooling", "pool"),
    ("maxpooling2d", "pool"),
    ("max", "pool"),
    ("mp", "pool"),
    ("pooling", "pool"),
    ("pool2d", "pool"),
    ("avgpool", "avg"),
    ("avgpool2d", "avg"),
    ("avepool", "avg"),
    ("averagepool", "avg"),
    ("averagepooling2d", "avg"),
    ("meanpool", "avg"),
    ("globalavgpool", "gap"),
    ("globalavgpool2d", "gap"),
    ("globalaveragepooling2d", "gap"),
    ("globalaveragepool", "gap"),
    ("adaptiveavgpool2d", "adaptive"),
    ("adaptiveavgpool", "adaptive"),
    ("adaptiveaveragepooling2d", "adaptive"),
    ("globalmaxpool", "gmax"),
    ("globalmaxpool2d", "gmax"),
    ("globalmaxpooling2d", "gmax"),
    ("adaptivemaxpool2d", "gmax"),
    ("dense", "fc"),
    ("linear", "fc"),
    ("fullyconnected", "fc"),
    ("innerproduct", "fc"),
    ("affine", "fc"),
    ("gemm", "fc"),
    ("view", "flatten"),
    ("reshape1d", "flatten"),
    ("stretch", "flatten"),
    ("unflatten", "reshape"),
    ("upsample", "up"),
    ("upsampling2d", "up"),
    ("upsamplingnearest2d", "up"),
    ("interpolate", "up"),
    ("channelshuffle", "shuffle"),
    ("depthtospace", "pixelshuffle"),
    ("dropout", "drop"),
    ("dropout2d", "drop"),
    ("spatialdropout2d", "drop"),
    ("batchnorm", "bn"),
    ("batchnorm1d", "bn"),
    ("batchnorm2d", "bn"),
    ("batchnormalization", "bn"),
    ("batchnormalisation", "bn"),
    ("norm", "bn"),
    ("layernorm", "ln"),
    ("layernormalization", "ln"),
    ("groupnorm", "gn"),
    ("groupnormalization", "gn"),
    ("instancenorm2d", "inorm"),
    ("instancenorm", "inorm"),
    ("localresponsenorm", "lrn"),
    ("normalize", "l2norm"),
    ("simplernn", "rnn"),
    ("vanillarnn", "rnn"),
    ("elman", "rnn"),
    ("lstmlayer", "lstm"),
    ("grulayer", "gru"),
    ("embedding", "embed"),
    ("lookuptable", "embed"),
    ("leakyrelu", "leaky"),
    ("lrelu", "leaky"),
    ("rectifier", "relu"),
    ("rectify", "relu"),
    ("swish", "silu"),
    ("hswish", "hardswish"),
    ("hsigmoid", "hardsigmoid"),
    ("logistic", "sigmoid"),
    ("sigm", "sigmoid"),
    ("identity", "id"),
    ("noop", "id"),
];

/// What is said elsewhere.
const ELSEWHERE: &[(&str, &str)] = &[
    ("input", "the input's shape stands before the `=>`"),
    ("inputlayer", "the input's shape stands before the `=>`"),
    ("output", "the output is what the last layer makes"),
    ("lr", "the learning rate belongs to the optimiser, where the network is trained"),
    ("sgd", "the optimiser is chosen where the network is trained"),
    ("adam", "the optimiser is chosen where the network is trained"),
    ("adamw", "the optimiser is chosen where the network is trained"),
    ("loss", "the loss is chosen where the network is trained"),
    ("crossentropy", "the loss is chosen where the network is trained"),
    ("mse", "the loss is chosen where the network is trained"),
    ("batch", "batches have any size: it is not part of a network"),
    ("sequential", "layers just follow each other: no word holds them together"),
    ("pad", "padding is an option of the layer that reads it: `p1`, `p[0, 1, 0, 1]`, `same`"),
    ("zeropad2d", "padding is an option of the layer that reads it: `p1`, `p[0, 1, 0, 1]`, `same`"),
    ("zeropadding2d", "padding is an option of the layer that reads it: `p1`, `p[0, 1, 0, 1]`, `same`"),
];

/// Layers of other frameworks that look like ours and are not.
const ABSENT: &[(&str, &str)] = &[
    ("separableconv2d", "a depthwise convolution and a 1x1 one behind it are `sep(filters, size)`"),
    ("residual", "what flows in plus what layers make of it is `res { layers }`"),
    ("concat", "channels side by side are `cat[branch | branch]`"),
    ("concatenate", "channels side by side are `cat[branch | branch]`"),
    ("multiply", "a product is `mul[branch | branch]`"),
    ("alphadropout", "it keeps mean and variance; `drop` sets values to zero"),
];

/// The words that a step of a chain begins with.
fn words() -> impl Iterator<Item = &'static str> {
    kinds().map(|kind| kind.word).chain(OTHER_WORDS)
}

/// What an unknown layer word may have meant.
pub fn word(written: &str) -> Answer {
    let plain = written.to_lowercase().replace('_', "");
    if let Some(word) = words().find(|word| *word == plain) {
        return Answer::Foreign(word);
    }
    if let Some((_, why)) = ELSEWHERE.iter().find(|(word, _)| *word == plain) {
        return Answer::Elsewhere(why);
    }
    if let Some((_, why)) = ABSENT.iter().find(|(word, _)| *word == plain) {
        return Answer::Absent(why);
    }
    if let Some((_, ours)) = FOREIGN.iter().find(|(word, _)| *word == plain) {
        return Answer::Foreign(ours);
    }
    // A word that is still being typed.
    let mut begun = words().filter(|word| plain.len() >= 2 && word.starts_with(&plain));
    if let (Some(word), None) = (begun.next(), begun.next()) {
        return Answer::Near(word);
    }
    match nearest(&plain, words()) {
        Some(near) => Answer::Near(near),
        None => match nearest(&plain, FOREIGN.iter().map(|(word, _)| *word)) {
            Some(near) => FOREIGN.iter().find(|(word, _)| *word == near).map_or(Answer::Unknown, |f| Answer::Near(f.1)),
            None => Answer::Unknown,
        },
    }
}

/// Options of other frameworks, in lower case without underscores, and what is written here.
pub fn foreign_option(kind: &Kind, written: &str) -> Option<&'static str> {
    let has_filters = kind.parameters.iter().any(|parameter| parameter.name == "filters");
    Some(match written.to_lowercase().replace('_', "").as_str() {
        "kernel" | "kernelsize" | "ksize" | "k" | "size" | "f" | "poolsize" => "the window's size is a plain number",
        "filters" | "outchannels" | "features" | "channels" | "numfilters" if has_filters => {
            "the number of filters is the first plain number"
        }
        "inchannels" | "infeatures" | "inputshape" | "inputdim" | "numfeatures" => {
            "the input's size follows from the layer before; leave it out"
        }
        "units" | "outfeatures" | "numoutputs" => "the number of outputs is a plain number",
        "strides" | "step" => "a stride is written `s2`, or `stride = 2`",
        "pads" | "border" => "padding is written `p2`, or `pad = 2`",
        "group" => "groups are written `g2`, or `groups = 2`",
        "dilationrate" | "dilations" => "dilation is written `d2`, or `dilation = 2`",
        "bias" | "usebias" => "biases are there; `nobias` leaves them out",
        "activation" | "nonlinearity" => "an activation is a layer word of its own, behind this one",
        "rate" | "keepprob" => "the probability is a plain number",
        "ceilmode" => "write `ceil`, or `floor`",
        "epsilon" => "write `eps = 1e-5`",
        "decay" => "write `momentum = 0.1`, the weight of the newest batch",
        "inplace" => "memory is planned by the compiler",
        "negativeslope" | "alpha" => "the value is a plain number",
        "name" => "a name is a label: `name: ..` before the layer",
        _ => return None,
    })
}

/// The nearest of some words, if it is near enough to have been meant.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the letters may differ; two letters say too little.
    let allowed = word.chars().count() / 3;
    let near = known.map(|candidate| (distance(word, candidate), candidate)).min_by_key(|(distance, _)| *distance);
    near.filter(|(distance, _)| (1..=allowed).contains(distance)).map(|(_, candidate)| candidate)
}

/// Edits between two words: insert, delete, replace, swap neighbours (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    // No word of ours is this long: whatever is, is far from all of them.
    const LONGEST: usize = 40;
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(LONGEST).collect(), b.chars().take(LONGEST).collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_their_word() {
        for (slip, meant) in
            [("cnov", "conv"), ("con", "conv"), ("sofmax", "softmax"), ("rel", "relu"), ("poll", "pool")]
        {
            assert_eq!(word(slip), Answer::Near(meant), "{slip}");
        }
        for far in ["xyz", "transformer", "ha", "x", ""] {
            assert_eq!(word(far), Answer::Unknown, "{far}");
        }
    }

    #[test]
    fn other_frameworks_are_understood() {
        for (foreign, ours) in [
            ("Conv2d", "conv"),
            ("conv2d", "conv"),
            ("Conv2D", "conv"),
            ("dense", "fc"),
            ("Linear", "fc"),
            ("max_pool", "pool"),
            ("MaxPool2d", "pool"),
            ("MaxPooling2D", "pool"),
            ("BatchNorm2d", "bn"),
            ("batch_norm", "bn"),
            ("ReLU", "relu"),
            ("GlobalAvgPool", "gap"),
            ("LeakyReLU", "leaky"),
            ("Dropout", "drop"),
        ] {
            assert_eq!(word(foreign), Answer::Foreign(ours), "{foreign}");
        }
        assert!(matches!(word("Residual"), Answer::Absent(_)));
        assert!(matches!(word("lr"), Answer::Elsewhere(_)));
        assert_eq!(word("ReLU6"), Answer::Foreign("relu6"));
        for (written, ours) in [("Cat", "cat"), ("ADD", "add"), ("Mul", "mul"), ("Res", "res"), ("SEP", "sep")] {
            assert_eq!(word(written), Answer::Foreign(ours), "{written}");
        }
    }

    #[test]
    fn every_foreign_word_leads_to_a_kind() {
        for (foreign, ours) in FOREIGN {
            assert!(kinds().any(|kind| kind.word == *ours), "{foreign} leads to {ours}");
            assert!(kinds().all(|kind| kind.word != *foreign), "{foreign} is a word of ours");
        }
    }
}
