//! The hand-written part of generated OpenAPI clients.
