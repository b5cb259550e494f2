//! What users see of a network: its constants and methods. Each is one call of the runtime.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::maps;
use super::sides::{self, Part};
use crate::net::{Init, Layout, Net, NodeId, Param, Start};
use crate::plan::Plan;
use crate::syntax::render::plain;

/// What the methods' signatures depend on.
pub(super) struct Face<'a> {
    vis: &'a syn::Visibility,
    name: &'a Ident,
    pub(super) inputs: Vec<Part>,
    pub(super) outputs: Vec<Part>,
    /// Types of a sample and of what the network makes of it.
    pub(super) input: TokenStream,
    pub(super) output: TokenStream,
}

impl<'a> Face<'a> {
    pub(super) fn new(vis: &'a syn::Visibility, name: &'a Ident, inputs: Vec<Part>, outputs: Vec<Part>) -> Self {
        let [input, output] = [&inputs, &outputs].map(|parts| sides::whole_type(parts));
        Self { vis, name, inputs, outputs, input, output }
    }

    pub(super) fn of(net: &'a Net) -> Self {
        let inputs = net.inputs.iter().zip(&net.nodes).map(|(name, node)| (name.clone(), node.shape));
        let outputs = net.outputs.iter().map(|output| (output.name.clone(), net[output.node].shape));
        Self::new(&net.vis, &net.name, inputs.collect(), outputs.collect())
    }
}

/// `impl Network for ..`: types and constants.
pub(super) fn network_impl(net: &Net, plan: &Plan) -> TokenStream {
    let Face { name, input, output, .. } = Face::of(net);
    let text = plain(name);
    let params = maps::number(net.params());
    let macs = Literal::u64_unsuffixed(net.macs());
    let layers =
        net.iter().skip(net.inputs.len()).filter(|(_, node)| node.is_written()).map(|(id, _)| layer_info(net, id));
    let tensors = tensors(net, plan);
    let infer_bytes = maps::number(plan.infer_bytes());
    let train_bytes = maps::number(plan.train_bytes());
    let taps = net.taps.iter().map(|tap| {
        let node = maps::named_after(net, &plan.infer.values, tap.node);
        let (name, map) = (&tap.name, maps::name("X", node.0));
        let all = plan.infer.values[node.0].within.is_none().then(|| quote!(.all()));
        quote!(rt::TapInfo { name: #name, map: #map #all })
    });
    let access = access(name);
    quote! {
        #[automatically_derived]
        impl rt::Network for #name {
            type Input = #input;
            type Output = #output;
            const NAME: &'static str = #text;
            const PARAMS: usize = #params;
            const MACS: u64 = #macs;
            const LAYERS: &'static [rt::LayerInfo] = &[#(#layers),*];
            const TENSORS: &'static [rt::TensorInfo] = &[#tensors];
            const INFER_BYTES: usize = #infer_bytes;
            const TRAIN_BYTES: usize = #train_bytes;
            const TAPS: &'static [rt::TapInfo] = &[#(#taps),*];
            #access
        }
    }
}

/// The same for a network that has mistakes: right types, nothing behind them.
pub(super) fn stub_impl(name: &Ident, input: &TokenStream, output: &TokenStream) -> TokenStream {
    let text = plain(name);
    let access = access(name);
    quote! {
        #[automatically_derived]
        impl rt::Passes for #name {
            const STAGES: usize = 1;
            const EXCHANGE: usize = 0;
            const RECORD: usize = 0;
            const RESULTS: usize = 0;
            const WHOLE_PARAMS: usize = 0;
            const STATE: usize = 0;
            const INFER_FLOATS: usize = 0;
            const TRAIN_FLOATS: usize = 0;
            const INFER_SCRATCH: usize = 0;
            const TRAIN_SCRATCH: usize = 0;
            const INFER_DERIVED: usize = 0;
            const TRAIN_DERIVED: usize = 0;
            const PREPARED: usize = 0;
            fn derive(_: bool, _: &mut rt::Prepare<'_>) {}
            fn infer(_: &mut rt::Pass<'_>) {}
            fn prepare(_: &mut rt::Prepare<'_>) {}
            fn forward(_: usize, _: &mut rt::Pass<'_>) {}
            fn combine_forward(_: usize, _: &mut rt::Exchange<'_>) {}
            fn backward(_: usize, _: &mut rt::Pass<'_>) {}
            fn combine_backward(_: usize, _: &mut rt::Exchange<'_>) {}
        }

        #[automatically_derived]
        impl rt::Network for #name {
            type Input = #input;
            type Output = #output;
            const NAME: &'static str = #text;
            const PARAMS: usize = 0;
            const MACS: u64 = 0;
            const LAYERS: &'static [rt::LayerInfo] = &[];
            const TENSORS: &'static [rt::TensorInfo] = &[];
            const INFER_BYTES: usize = 0;
            const TRAIN_BYTES: usize = 0;
            const TAPS: &'static [rt::TapInfo] = &[];
            #access
        }
    }
}

fn access(name: &Ident) -> TokenStream {
    quote! {
        fn model(&self) -> &rt::Model<#name> {
            &self.model
        }
        fn model_mut(&mut self) -> &mut rt::Model<#name> {
            &mut self.model
        }
    }
}

fn layer_info(net: &Net, id: NodeId) -> TokenStream {
    let node = &net[id];
    let (name, words) = (&node.name, &node.words);
    let [height, width, channels] = [node.shape.height, node.shape.width, node.shape.channels].map(maps::number);
    let [rows, columns] = node.receptive_field.map(maps::number);
    let params = maps::number(node.learnt());
    let macs = Literal::u64_unsuffixed(node.macs);
    quote! {
        rt::LayerInfo {
            name: #name, words: #words, output: [#height, #width, #channels],
            params: #params, macs: #macs, receptive_field: [#rows, #columns]
        }
    }
}

/// Parameters first, then state, each in the order of the layers.
fn tensors(net: &Net, plan: &Plan) -> TokenStream {
    let all = || {
        net.iter().flat_map(|(id, node)| {
            let offsets = &plan.tensors.offsets[id.0];
            node.params.iter().zip(offsets).map(move |(param, (_, offset))| (id, param, *offset))
        })
    };
    let infos = [false, true].map(|is_state| {
        let infos = all().filter(|(_, param, _)| param.is_state == is_state);
        let infos = infos.map(|(id, param, offset)| tensor_info(net, id, param, offset));
        quote!(#(#infos,)*)
    });
    quote!(#(#infos)*)
}

fn tensor_info(net: &Net, id: NodeId, param: &Param, offset: usize) -> TokenStream {
    let name = format!("{}.{}", net[id].name, param.suffix);
    let shape = param.shape.iter().map(|&n| maps::number(n));
    let offset = maps::number(offset);
    let kind = if param.is_state { quote!(State) } else { quote!(Parameter) };
    let init = match param.init {
        Init::Constant(value) => {
            let value = Literal::f32_unsuffixed(value);
            quote!(Constant(#value))
        }
        Init::Weight { fan_in, fan_out } => {
            let (fan_in, fan_out) = (maps::number(fan_in), maps::number(fan_out));
            let fitting = if crate::plan::is_rectified(net, id) { Start::He } else { Start::Glorot };
            match net[id].marks.start.unwrap_or(fitting) {
                Start::He => quote!(He { fan_in: #fan_in }),
                Start::Glorot => quote!(Glorot { fan_in: #fan_in, fan_out: #fan_out }),
                Start::Zeros => quote!(Constant(0.0)),
                Start::Normal(deviation) => {
                    let deviation = Literal::f32_unsuffixed(deviation);
                    quote!(Normal { deviation: #deviation })
                }
            }
        }
    };
    let layout = match &param.layout {
        Layout::Plain => quote!(Plain),
        Layout::Depthwise => quote!(Depthwise),
        Layout::Conv { groups } => {
            let groups = maps::number(*groups);
            quote!(Conv { groups: #groups })
        }
        Layout::Fc { height, width, channels } => {
            let [height, width, channels] = [height, width, channels].map(|size| maps::number(*size));
            quote!(Fc { height: #height, width: #width, channels: #channels })
        }
        Layout::Parts(parts) => {
            let parts = parts.iter().map(|part| {
                let sizes = [part.height, part.width, part.channels].map(maps::number);
                quote!([#(#sizes),*])
            });
            quote!(Parts { parts: &[#(#parts),*] })
        }
    };
    let rate = Literal::f32_unsuffixed(if net.learns(id) { net[id].marks.rate } else { 0.0 });
    quote! {
        rt::TensorInfo {
            name: #name, shape: &[#(#shape),*], offset: #offset,
            kind: rt::TensorKind::#kind, init: rt::Init::#init, layout: rt::Layout::#layout, rate: #rate
        }
    }
}

/// The items that users call without importing anything.
pub(super) fn inherent_impl(face: &Face<'_>) -> TokenStream {
    let Face { vis, name, input, output, .. } = face;
    quote! {
        impl #name {
            /// How many numbers training learns.
            #vis const PARAMS: usize = <Self as rt::Network>::PARAMS;
            /// Multiply-adds of one forward pass of one sample.
            #vis const MACS: u64 = <Self as rt::Network>::MACS;
            /// The layers: names, words, output shapes, parameters, multiply-adds, receptive fields.
            #vis const LAYERS: &'static [rt::LayerInfo] = <Self as rt::Network>::LAYERS;
            /// Every named tensor.
            #vis const TENSORS: &'static [rt::TensorInfo] = <Self as rt::Network>::TENSORS;
            /// Bytes of activations that inference needs for one sample.
            #vis const INFER_BYTES: usize = <Self as rt::Network>::INFER_BYTES;
            /// Bytes of activations and their gradients that training needs for one sample.
            #vis const TRAIN_BYTES: usize = <Self as rt::Network>::TRAIN_BYTES;

            /// A network initialised from a seed.
            #vis fn new(seed: u64) -> Self {
                Self { model: rt::Model::new(seed) }
            }

            /// A network whose parameters are all zero.
            #vis fn zeroed() -> Self {
                Self { model: rt::Model::zeroed() }
            }

            /// Reads a network from a safetensors file.
            ///
            /// # Errors
            /// If the file cannot be read or does not hold exactly this network's tensors.
            #vis fn load(path: impl ::core::convert::AsRef<::std::path::Path>) -> rt::Result<Self> {
                rt::Model::load(path).map(|model| Self { model })
            }

            /// Reads a network from the bytes of a safetensors file.
            ///
            /// # Errors
            /// If the bytes do not hold exactly this network's tensors.
            #vis fn from_bytes(bytes: &[u8]) -> rt::Result<Self> {
                rt::Model::from_bytes(bytes).map(|model| Self { model })
            }

            /// Writes the network to a safetensors file, in PyTorch's order, at once or not at all.
            ///
            /// # Errors
            /// If the file cannot be written.
            #vis fn save(&self, path: impl ::core::convert::AsRef<::std::path::Path>) -> rt::Result<()> {
                self.model.save(path)
            }

            /// The table of layers as text.
            #vis fn summary() -> ::std::string::String {
                rt::summary::<Self>()
            }

            /// The kernel that runs each layer of inference on this machine, as text.
            #vis fn kernels() -> ::std::string::String {
                rt::kernels::<Self>()
            }

            /// Runs one sample; does not allocate.
            #vis fn forward(&mut self, input: &#input) -> &#output {
                self.model.forward(input)
            }

            /// Runs samples on as many threads as rayon has.
            ///
            /// # Panics
            /// If there are not as many outputs as inputs.
            #[track_caller]
            #vis fn forward_batch(&mut self, inputs: &[#input], outputs: &mut [#output]) {
                self.model.forward_batch(inputs, outputs);
            }

            /// The mean loss of a batch in training form; adds the gradient of the mean loss to `gradients`.
            ///
            /// # Panics
            /// If there are no inputs or not as many targets, or `gradients` is not as long as the parameters.
            #[track_caller]
            #vis fn gradients<T: ::core::marker::Sync, L: rt::Loss<#output, T>>(
                &mut self, inputs: &[#input], targets: &[T], loss: &L, gradients: &mut [f32],
            ) -> f32 {
                self.model.gradients(inputs, targets, loss, gradients)
            }

            /// As `gradients`, and overwrites `d_inputs` with the gradient for each input.
            ///
            /// # Panics
            /// As `gradients`, and if there are not as many `d_inputs` as inputs.
            #[track_caller]
            #vis fn gradients_with_inputs<T: ::core::marker::Sync, L: rt::Loss<#output, T>>(
                &mut self, inputs: &[#input], targets: &[T], loss: &L, gradients: &mut [f32],
                d_inputs: &mut [#input],
            ) -> f32 {
                self.model.gradients_with_inputs(inputs, targets, loss, gradients, d_inputs)
            }

            /// All parameters: `PARAMS` floats in the kernels' order.
            #vis fn parameters(&self) -> &[f32] {
                self.model.parameters()
            }

            /// All parameters, to change.
            #vis fn parameters_mut(&mut self) -> &mut [f32] {
                self.model.parameters_mut()
            }

            /// A copy of a tensor by name, in files' order.
            ///
            /// # Errors
            /// If there is no tensor of that name.
            #vis fn tensor(&self, name: &str) -> rt::Result<rt::Tensor> {
                self.model.tensor(name)
            }

            /// Sets a tensor by name from values in files' order.
            ///
            /// # Errors
            /// If there is no tensor of that name or it has another number of values.
            #vis fn set_tensor(&mut self, name: &str, values: &[f32]) -> rt::Result<()> {
                self.model.set_tensor(name, values)
            }

            /// A copy of a parameter by name, in files' order, out of a flat slice that lies as the parameters do: a
            /// gradient, say.
            ///
            /// # Errors
            /// If there is no parameter of that name.
            ///
            /// # Panics
            /// If the slice is not as long as the parameters.
            #[track_caller]
            #vis fn unpack(name: &str, flat: &[f32]) -> rt::Result<rt::Tensor> {
                rt::Model::<Self>::unpack(name, flat)
            }

            /// The network for inference alone: batch norms are part of the weights before them, and nothing that only
            /// training needs is kept.
            #vis fn freeze(self) -> rt::Frozen<Self> {
                self.model.freeze()
            }

            /// The value named `@name` of the sample that `forward` ran last, in height, width, channel order.
            /// `None` if there is no such name, or if `forward` has not run yet.
            #vis fn tap(&self, name: &str) -> ::core::option::Option<::std::vec::Vec<f32>> {
                self.model.tap(name)
            }
        }
    }
}
