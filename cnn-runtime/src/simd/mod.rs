//! Which instruction set the kernels run on, and the one macro that gets them there.
//!
//! Chosen once per process: the best that the machine has, or what the environment variable `CNN_ISA` names
//! (`avx512`, `avx2` or `portable`). A forced set that the machine lacks is an error, never a silent fallback.

pub(crate) mod lanes;
pub(crate) mod math;

use std::cell::Cell;
use std::fmt;
use std::sync::OnceLock;

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
use fearless_simd::{Avx2, Avx512};

/// The vectors that every machine of this kind has: what the portable path is compiled for.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(crate) type Baseline = fearless_simd::Sse2;
/// The vectors that every machine of this kind has: what the portable path is compiled for.
#[cfg(target_arch = "aarch64")]
pub(crate) type Baseline = fearless_simd::Neon;
/// The vectors that every machine of this kind has: what the portable path is compiled for.
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64")))]
pub(crate) type Baseline = fearless_simd::Fallback;

/// How many vectors of 16 floats the kernels of an instruction set keep in registers.
///
/// With 32 registers the accumulators, a row's broadcasts and the panels' vectors fit together, since LLVM loads all
/// broadcasts of a step first: `ROWS * PANELS + ROWS + PANELS` vectors. With fewer, accumulators take most of them. One
/// more row or panel than here spills and costs a factor of 2.
pub(crate) trait Tile: fearless_simd::Simd {
    /// Rows (pixels or samples) of a tile.
    const ROWS: usize;
    /// Panels of 16 outputs of a tile: 1 or 2.
    const PANELS: usize;
    /// Rows of a tile that lie one behind the other: one address serves them all, and LLVM broadcasts each just before
    /// it is needed. Two panels' vectors from the second level cache are then shared by more of them.
    const TAPS: usize = Self::ROWS;
    /// Panels from which on gradients of weights copy what they multiply (`kernels/rank1/copied.rs`): the smaller the
    /// tile, the more it costs to look up, check and go on. (Zen 4: with AVX-512 0.97 to 1.03 of the time, with AVX2
    /// 0.76 to
    /// 0.97 from eight panels on and up to 1.17 with fewer, on the portable path 0.7 to 0.97 from two on.)
    const COPIED: usize;
}

/// 32 registers of 16 floats.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
impl Tile for Avx512 {
    const ROWS: usize = 8;
    const PANELS: usize = 2;
    const TAPS: usize = 12;
    const COPIED: usize = usize::MAX;
}

/// 16 registers of 8 floats: 12 of them accumulate.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
impl Tile for Avx2 {
    const ROWS: usize = 6;
    const PANELS: usize = 1;
    const COPIED: usize = 8;
}

/// 16 registers of 4 floats (8 of them accumulate), on aarch64 32 of them.
impl Tile for Baseline {
    const ROWS: usize = if cfg!(target_arch = "aarch64") { 4 } else { 2 };
    const PANELS: usize = 1;
    const COPIED: usize = 2;
}

/// An instruction set that kernels are compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isa {
    /// 512-bit vectors with fused multiply-add (x86-64-v4 and the Ice Lake extensions).
    Avx512,
    /// 256-bit vectors with fused multiply-add (x86-64-v3).
    Avx2,
    /// What every machine of this architecture has: SSE2 on x86-64, NEON on aarch64.
    Portable,
}

impl Isa {
    /// All, best first.
    pub const ALL: [Self; 3] = [Self::Avx512, Self::Avx2, Self::Portable];

    /// Whether this machine has it.
    pub fn is_available(self) -> bool {
        Level::of(self).is_some()
    }
}

impl fmt::Display for Isa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Avx512 => "avx512",
            Self::Avx2 => "avx2",
            Self::Portable => "portable",
        })
    }
}

/// Proof that the machine has an instruction set. Only `dispatch!` looks inside.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Level {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Avx512(Avx512),
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    Avx2(Avx2),
    Portable(Baseline),
}

impl Level {
    fn of(isa: Isa) -> Option<Self> {
        let best = fearless_simd::Level::new();
        match isa {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Isa::Avx512 => best.as_avx512().map(Self::Avx512),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Isa::Avx2 => best.as_avx2().map(Self::Avx2),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Isa::Portable => best.as_sse2().map(Self::Portable),
            #[cfg(target_arch = "aarch64")]
            Isa::Portable => best.as_neon().map(Self::Portable),
            #[cfg(not(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64")))]
            Isa::Portable => Some(Self::Portable(fearless_simd::Fallback::new())),
            #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
            Isa::Avx512 | Isa::Avx2 => None,
        }
    }
}

/// The instruction set of this process and whether the environment forced it.
fn chosen() -> (Isa, Level) {
    static CHOSEN: OnceLock<(Isa, Level)> = OnceLock::new();
    *CHOSEN.get_or_init(|| {
        let best = || {
            let found = Isa::ALL.into_iter().find_map(|isa| Some((isa, Level::of(isa)?)));
            found.expect("every machine has the portable path")
        };
        let Some(wanted) = std::env::var_os("CNN_ISA").filter(|name| !name.is_empty()) else {
            return best();
        };
        let Some(isa) = Isa::ALL.into_iter().find(|isa| wanted.to_str() == Some(&isa.to_string())) else {
            panic!("CNN_ISA is {wanted:?}; it can be avx512, avx2 or portable");
        };
        match Level::of(isa) {
            Some(level) => (isa, level),
            None => panic!("CNN_ISA asks for {isa}, which this machine does not have"),
        }
    })
}

thread_local! {
    static FORCED: Cell<Option<(Isa, Level)>> = const { Cell::new(None) };
}

/// What the kernels called from this thread run on.
pub(crate) fn active() -> (Isa, Level) {
    FORCED.get().unwrap_or_else(chosen)
}

/// Whether this thread alone runs on an instruction set of its own: its work must not go to other threads.
pub(crate) fn is_forced() -> bool {
    FORCED.get().is_some()
}

/// Runs `work` with the kernels of one instruction set, on this thread only: how tests compare them all.
///
/// # Panics
/// If the machine lacks it.
#[doc(hidden)]
pub fn on<R>(isa: Isa, work: impl FnOnce() -> R) -> R {
    struct Restore(Option<(Isa, Level)>);
    impl Drop for Restore {
        fn drop(&mut self) {
            FORCED.set(self.0);
        }
    }
    let Some(level) = Level::of(isa) else { panic!("this machine does not have {isa}") };
    let _restore = Restore(FORCED.replace(Some((isa, level))));
    work()
}

/// The instruction set that the kernels run on and the threads they have, in words:
/// `avx512 (512-bit vectors), 2 threads`.
pub fn cpu() -> String {
    let (isa, _) = active();
    let bits = match isa {
        Isa::Avx512 => 512,
        Isa::Avx2 => 256,
        Isa::Portable => 128,
    };
    let threads = crate::parallel::threads();
    format!("{isa} ({bits}-bit vectors), {threads} thread{}", if threads == 1 { "" } else { "s" })
}

/// The largest register tile of matrix products, in words: rows by outputs, `8x32`.
pub(crate) fn tile() -> String {
    #[inline(always)]
    fn words<S: Tile>(_: S) -> String {
        format!("{}x{}", S::ROWS, S::PANELS * crate::buffer::LANES)
    }
    dispatch!(simd => words(simd))
}

/// Whether there are 32 vector registers: kernels that keep a row or a column of outputs in them need as many.
pub(crate) fn has_32_registers() -> bool {
    #[inline(always)]
    fn has<S: Tile>(_: S) -> bool {
        S::PANELS == 2
    }
    dispatch!(simd => has(simd))
}

/// Runs an expression compiled for the active instruction set: `dispatch!(simd => kernel(simd, x, y))`.
///
/// The kernel is a function generic over `S: Simd` and `#[inline(always)]`. One kernel per `dispatch!` or
/// `simd.vectorize(..)`: several in one body lose their register allocation (2-8 times slower, silently).
macro_rules! dispatch {
    ($simd:ident => $op:expr) => {{
        match $crate::simd::active().1 {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            $crate::simd::Level::Avx512($simd) => fearless_simd::Simd::vectorize(
                $simd,
                #[inline(always)]
                || $op,
            ),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            $crate::simd::Level::Avx2($simd) => fearless_simd::Simd::vectorize(
                $simd,
                #[inline(always)]
                || $op,
            ),
            $crate::simd::Level::Portable($simd) => fearless_simd::Simd::vectorize(
                $simd,
                #[inline(always)]
                || $op,
            ),
        }
    }};
}
pub(crate) use dispatch;
