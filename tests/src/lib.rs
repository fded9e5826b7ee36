//! Shared parts of the black-box proofs.
