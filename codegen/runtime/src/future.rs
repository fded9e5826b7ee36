//! The type of futures that cross trait boundaries.

/// A boxed future. Requests return it from `IntoFuture`, token sources and clocks from their
/// methods.
pub type BoxFuture<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;
