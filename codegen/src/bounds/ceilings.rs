//! How much a document may ask for.
//!
//! Memory and time grow with the bytes of the inputs. Where a few bytes can ask for much more (an
//! alias, an overlay's update, a schema that many others take over, an operation of thirty bytes),
//! a ceiling ends the run with a diagnostic before the memory is taken. `docs/growth.md` has what was
//! measured: a run takes at most 40 bytes for each byte of its inputs, and 2.5 GiB.
//!
//! The ceilings have room above what people have. The largest document that is known has 22,361
//! operations; GitHub's, with 13 MB, has 1,223 operations and 258,000 nodes.

/// The most bytes that an input may have.
pub const BYTES: usize = 64 << 20;

/// The most nodes that an input may have, aliases written out. Documents have one in 20 to 60
/// bytes; a list of digits has one in two.
pub const NODES: usize = 3_000_000;

/// How many bytes aliases may add to an input, and an overlay to a document.
pub const ADDED: usize = 32 << 20;

/// How many bytes may be copied to the places where they are used: by `allOf`, by references to
/// parameters, responses and path items, by what is said once for all operations.
pub const COPIED: usize = 64 << 20;

/// The most operations of a client.
pub const OPERATIONS: usize = 40_000;

/// The most parts of a client: operations, their parameters and responses, types, their members,
/// values and branches.
pub const PARTS: usize = 500_000;

/// The most parts of one operation or type, and the most servers and security schemes of a client.
/// Each is emitted at once; the largest that are known have some hundreds.
pub const MEMBERS: usize = 10_000;

/// The most bytes of a key. Keys are part of the place of all that stands below them, and places are
/// kept for whatever may have to be told. The longest paths of documents have 400.
pub const KEY: usize = 4 << 10;
