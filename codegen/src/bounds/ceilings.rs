//! The limits on what a document may cost.
//!
//! Memory and time grow with the size of the inputs. Where a few bytes can cause much more (an
//! alias, an overlay's update, a schema that many others copy, an operation of thirty bytes), a
//! limit stops the run with a diagnostic before the memory is allocated. `docs/growth.md` has the
//! measurements: a run takes at most 40 bytes for each byte of its inputs, and 2.5 GiB.
//!
//! The limits leave room above real documents. The largest known document has 22,361 operations;
//! GitHub's, with 13 MB, has 1,223 operations and 258,000 nodes.

/// Maximum size of an input in bytes.
pub const BYTES: usize = 64 << 20;

/// Maximum number of nodes of an input with its aliases expanded. Documents have a node in every
/// 20 to 60 bytes; a list of digits has one in every two.
pub const NODES: usize = 3_000_000;

/// Maximum number of bytes that aliases add to an input, and an overlay to a document.
pub const ADDED: usize = 32 << 20;

/// Maximum number of bytes copied to the places where they are used: by `allOf`, by references to
/// parameters, responses and path items, and by declarations that apply to all operations.
pub const COPIED: usize = 64 << 20;

/// Maximum number of operations of a client.
pub const OPERATIONS: usize = 40_000;

/// Maximum number of parts of a client: operations, their parameters and responses, types, their members,
/// values and branches.
pub const PARTS: usize = 500_000;

/// Maximum number of parts of one operation or type, and of servers and security schemes of a
/// client. Each is emitted as one piece; the largest known ones have some hundreds.
pub const MEMBERS: usize = 10_000;

/// Maximum size of a key in bytes. A key is part of the pointer of every node below it, and
/// pointers are kept for diagnostics. The longest known paths have 400 bytes.
pub const KEY: usize = 4 << 10;
