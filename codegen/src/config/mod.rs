//! The packaging of a client: `client.yaml`, or the defaults without it.

mod job;
mod packaging;
mod read;
mod url;

pub use job::{Job, Layout};
pub use packaging::{
    Config, ConstantHeaderConfig, DevDependency, EnvironmentConfig, Part, TokenSourceConfig,
};
pub use read::read;
pub use url::check_source;
pub(crate) use url::{is_base_url, malformed};
