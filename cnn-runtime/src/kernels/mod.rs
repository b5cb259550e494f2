//! The microkernels: loops over vectors in registers, generic over the instruction set and the register tile only.
