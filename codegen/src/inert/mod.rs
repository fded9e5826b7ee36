//! Text for terminals, logs and pages in which nothing that others wrote has an effect.

mod escape;
mod hidden;
mod markdown;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use escape::escape;
pub use escape::visible;
pub use markdown::Markdown;
pub use text::Inert;
