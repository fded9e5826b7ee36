//! Names that no document can have, by the place where they would stand, each with the reason.
//!
//! Keywords are not among them: no name is one, wherever it stands (see `case`).

/// Names that are taken before the first name of a document is, and why.
#[derive(Debug)]
pub(super) struct Reserved {
    pub(super) why: &'static str,
    pub(super) names: &'static [&'static str],
}

/// Files that Windows has of its own (Naming Files, Paths, and Namespaces).
const DEVICES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con",
    "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Types: in the module `types`, and beside the operations of any tag.
pub(super) const TYPES: &[Reserved] = &[
    Reserved {
        why: "the prelude has it, and generated code means the prelude's",
        names: &[
            "AsMut",
            "AsRef",
            "Box",
            "Clone",
            "Copy",
            "Debug",
            "Default",
            "DoubleEndedIterator",
            "Drop",
            "Eq",
            "Err",
            "ExactSizeIterator",
            "Extend",
            "Fn",
            "FnMut",
            "FnOnce",
            "From",
            "FromIterator",
            "Future",
            "Hash",
            "Into",
            "IntoFuture",
            "IntoIterator",
            "Iterator",
            "None",
            "Ok",
            "Option",
            "Ord",
            "PartialEq",
            "PartialOrd",
            "Result",
            "Self",
            "Send",
            "Sized",
            "Some",
            "String",
            "Sync",
            "ToOwned",
            "ToString",
            "TryFrom",
            "TryInto",
            "Unpin",
            "Vec",
        ],
    },
    Reserved {
        why: "every client has a type of this name",
        names: &["Client", "ClientBuilder", "Environment"],
    },
    Reserved {
        why: "a reader would take it for the type of the runtime, or of a crate that it stands on",
        names: &["BaseUrl", "NaiveDate", "Secret", "RawJson", "Uuid"],
    },
];

/// Variants of an enum that is made from a document.
pub(super) const VARIANTS: &[Reserved] = &[Reserved {
    why: "the enum itself is called so inside of its own code",
    names: &["Self"],
}];

/// Methods of the client.
pub(super) const METHODS: &[Reserved] = &[Reserved {
    why: "every client has a method of this name",
    names: &["builder", "clone", "token_source", "transport"],
}];

/// Setters of the client's builder, which are also members and functions of `Headers`.
pub(super) const BUILDER: &[Reserved] = &[
    Reserved {
        why: "every builder has a method of this name",
        names: &[
            "attempt_timeout",
            "build",
            "clock",
            "clone",
            "connect_timeout",
            "connection_reuse",
            "max_decoded_bytes",
            "max_response_bytes",
            "new",
            "proxy",
            "retry",
            "server",
            "timeout",
            "user_agent",
        ],
    },
    Reserved {
        why: "the headers that are set once are made by the function of this name",
        names: &["default"],
    },
];

/// Arguments of an operation: members of its request, and setters where they are optional.
pub(super) const ARGUMENTS: &[Reserved] = &[
    Reserved {
        why: "every request has a member of this name",
        names: &["client", "options"],
    },
    Reserved {
        why: "every request has a method of this name",
        names: &[
            "clone",
            "into_future",
            "new",
            "request",
            "send",
            "stream",
            "with",
        ],
    },
];

/// Members of an object.
pub(super) const MEMBERS: &[Reserved] = &[
    Reserved {
        why: "members that a document leaves open are kept under this name",
        names: &["extra"],
    },
    Reserved {
        why: "the constructor has it",
        names: &["new"],
    },
];

/// Modules of operations, which are files as well. They are compared without case, since file
/// systems may.
pub(super) const MODULES: &[Reserved] = &[
    Reserved {
        why: "every client has a module of this name",
        names: &["client", "lib", "runtime", "types"],
    },
    Reserved {
        why: "generated code means the crate of this name",
        names: &[
            "alloc",
            "chrono",
            "core",
            "openapi_client_runtime",
            "reqwest",
            "serde",
            "serde_json",
            "std",
            "uuid",
        ],
    },
    Reserved {
        why: "Cargo makes a program of the file of this name (The Cargo Book, Project layout)",
        names: &["main"],
    },
    Reserved {
        why: "an attribute that begins so would be looked for in the module (The Rust Reference, \
              Tool attributes)",
        names: &["clippy", "diagnostic", "miri", "rust_analyzer", "rustfmt"],
    },
    Reserved {
        why: "Windows keeps the file name for a device, whatever follows its dot",
        names: DEVICES,
    },
];

/// Features of the crate.
pub(super) const FEATURES: &[Reserved] = &[Reserved {
    why: "every client has a feature of this name",
    names: &["default", "native-tls", "rustls", "tracing"],
}];

/// The crate itself.
pub(super) const CRATES: &[Reserved] = &[
    Reserved {
        why: "Cargo refuses it, or it would hide what a crate stands on",
        names: &["alloc", "core", "proc-macro", "proc_macro", "std", "test"],
    },
    Reserved {
        why: "the crate stands on the runtime of this name",
        names: &["openapi-client-runtime", "openapi_client_runtime"],
    },
    Reserved {
        why: "Windows keeps the file name for a device",
        names: DEVICES,
    },
];

/// Why a name is taken from the start; `None` where it is not.
pub(super) fn why(table: &'static [Reserved], name: &str) -> Option<&'static str> {
    let row = table.iter().find(|row| row.names.contains(&name));
    row.map(|row| row.why)
}
