//! Inner loops in which a vector of the input, once loaded, meets every tap of a filter's column (or of its row): of
//! the taps `N`, one after the other in the vectors, and of the outputs, which are fewer than the inputs by `N - 1`.
//!
//! They are macros because their vectors must stay in registers, and an index into these is a literal ([`unroll`]);
//! what loads a vector differs, and a closure would have to be inlined by hand.
//!
//! [`unroll`]: super::unroll

/// `sums[i - tap] += input(i) * weights[tap]`, of `$outputs` outputs and `$taps` taps.
macro_rules! forward {
    ($sums:ident[$outputs:ident], $weights:ident[$taps:ident], $i:ident => $input:expr) => {
        $crate::kernels::unroll!(28: i < $outputs + $taps - 1, {
            let $i = i;
            let input = $input;
            $crate::kernels::unroll!(tap < $taps, {
                let to = i.wrapping_sub(tap);
                if to < $outputs {
                    $sums[to] = input.mul_add($weights[tap], $sums[to]);
                }
            });
        });
    };
}

/// `sums[tap][x] += input(i)(x) * d_output(i - tap)`, of `$outputs` outputs, at least as many as there are taps: the
/// gradients of the last ones stay in registers. `$line` is evaluated for one input after another.
macro_rules! backward {
    (
        $simd:ident, $sums:ident[$taps:ident][$at_once:ident], $outputs:expr,
        $i:ident => $d_output:expr,
        $j:ident => $line:expr,
        ($from:ident, $x:ident) => $input:expr $(,)?
    ) => {
        // The last one first.
        let mut d = [f32x16::splat($simd, 0.0); $taps];
        macro_rules! next {
            (shift) => {
                let before = d;
                $crate::kernels::unroll!(tap < $taps, {
                    if tap > 0 {
                        d[tap] = before[tap.wrapping_sub(1)];
                    }
                });
            };
            (load $at:expr) => {
                next!(shift);
                let $i = $at;
                d[0] = $d_output;
            };
            (meet $at:expr, $tap:ident => $seen:expr) => {
                let $j = $at;
                let $from = $line;
                $crate::kernels::unroll!($x < $at_once, {
                    let input = $input;
                    $crate::kernels::unroll!($tap < $taps, {
                        if $seen {
                            $sums[$tap][$x] = input.mul_add(d[$tap], $sums[$tap][$x]);
                        }
                    });
                });
            };
        }
        // The first inputs are seen by the first taps alone, the last ones by the last.
        $crate::kernels::unroll!(i < $taps - 1, {
            next!(load i);
            next!(meet i, tap => tap <= i);
        });
        for i in $taps - 1..$outputs {
            next!(load i);
            next!(meet i, tap => true);
        }
        $crate::kernels::unroll!(i < $taps - 1, {
            next!(shift);
            next!(meet $outputs + i, tap => tap > i);
        });
    };
}

pub(crate) use {backward, forward};
