//! Multipart bodies (`multipart/form-data`, RFC 7578).

use std::hash::{BuildHasher, Hasher, RandomState};

use bytes::Bytes;
use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;
use serde::Serialize;
use serde_json::Value;

use crate::encode::{is_field_value, name_pairs, text_or_json, to_json};
use crate::upload::{Piece, Pieces};
use crate::{File, RequestError};

/// Builds a `multipart/form-data` body.
pub struct Multipart {
    boundary: String,
    pieces: Vec<Piece>,
}

impl Multipart {
    /// Creates a body without parts. Its boundary is random and long enough to occur in no part.
    #[must_use]
    pub fn new() -> Self {
        let word = || RandomState::new().build_hasher().finish();
        let boundary = format!("{:016x}{:016x}{:016x}", word(), word(), word());
        Self {
            boundary,
            pieces: Vec::new(),
        }
    }

    /// Adds a value: a scalar as text, an object as JSON, a list as one part per item (OpenAPI
    /// "Encoding Object", `contentType`). `null` is left out. With a JSON media type all values are
    /// JSON.
    ///
    /// # Errors
    ///
    /// [`RequestError::Value`] if the value cannot be serialised, [`RequestError::Header`] if the media
    /// type is invalid.
    pub fn value<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
        media_type: Option<&str>,
    ) -> Result<(), RequestError> {
        let items = match to_json(name, value)? {
            Value::Array(items) => items,
            other => vec![other],
        };
        let media_type = media_type.and_then(concrete);
        let is_json = |of: &str| of == "application/json" || of.ends_with("+json");
        for item in items.into_iter().filter(|item| !item.is_null()) {
            let text = match (&item, media_type) {
                (_, Some(media_type)) if is_json(media_type) => Some(item.to_string()),
                _ => None,
            };
            let nested = item.is_object() || item.is_array();
            let media_type = media_type.or(nested.then_some("application/json"));
            let text = text.or_else(|| text_or_json(item)).unwrap_or_default();
            self.part(name, None, media_type, Piece::Bytes(text.into()))?;
        }
        Ok(())
    }

    /// Adds a value in the style `deepObject`: one part per scalar, with names such as `a[b]`.
    ///
    /// # Errors
    ///
    /// [`RequestError::Value`] if the value cannot be serialised.
    pub fn deep<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), RequestError> {
        for (name, text) in name_pairs(name, to_json(name, value)?) {
            self.part(&name, None, None, Piece::Bytes(text.into()))?;
        }
        Ok(())
    }

    /// Adds a file. A reader is read while the body is sent. `media_type` is the one that the API
    /// document declares; the media type of the file takes precedence.
    ///
    /// # Errors
    ///
    /// [`RequestError::Consumed`] if the reader of the file was already taken, [`RequestError::Header`]
    /// if the media type is invalid.
    pub fn file(
        &mut self,
        name: &str,
        file: &File,
        media_type: Option<&str>,
    ) -> Result<(), RequestError> {
        let declared = media_type.and_then(concrete);
        let media_type = file.content_type.as_deref().or(declared);
        let media_type = media_type.unwrap_or("application/octet-stream");
        let file_name = file.name.as_deref().unwrap_or(name);
        let content = file.content.piece()?;
        self.part(name, Some(file_name), Some(media_type), content)
    }

    fn part(
        &mut self,
        name: &str,
        file_name: Option<&str>,
        media_type: Option<&str>,
        content: Piece,
    ) -> Result<(), RequestError> {
        let mut head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"{}\"",
            self.boundary,
            escape(name)
        );
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", escape(file_name)));
        }
        if let Some(media_type) = media_type {
            if !is_field_value(media_type) {
                return Err(RequestError::Header {
                    name: "content-type".to_owned(),
                });
            }
            head.push_str(&format!("\r\nContent-Type: {media_type}"));
        }
        head.push_str("\r\n\r\n");
        let end = Piece::Bytes(Bytes::from_static(b"\r\n"));
        self.pieces
            .extend([Piece::Bytes(head.into()), content, end]);
        Ok(())
    }

    /// Sets the body and the `Content-Type` header of a request.
    pub fn on(mut self, request: RequestBuilder) -> RequestBuilder {
        let end = format!("--{}--\r\n", self.boundary);
        self.pieces.push(Piece::Bytes(end.into()));
        let media_type = format!("multipart/form-data; boundary={}", self.boundary);
        request
            .header(CONTENT_TYPE, media_type)
            .body(Pieces::from(self.pieces).into_body())
    }
}

impl Default for Multipart {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns the first of the declared media types that is not a range such as `image/*`.
fn concrete(declared: &str) -> Option<&str> {
    let mut types = declared.split(',').map(str::trim);
    types.find(|media_type| !media_type.is_empty() && !media_type.contains('*'))
}

/// Escapes a quoted name as browsers do (HTML "Multipart form data"; RFC 7578 section 2).
fn escape(name: &str) -> String {
    let name = name.replace('"', "%22");
    name.replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Multipart;
    use crate::{File, RequestError, Upload};

    fn body(form: Multipart) -> (reqwest::Request, String) {
        let boundary = form.boundary.clone();
        let request = form.on(reqwest::Client::new().post("http://localhost/"));
        let request = request.build().unwrap();
        let bytes = request.body().and_then(|body| body.as_bytes());
        let text = String::from_utf8(bytes.unwrap_or_default().to_vec()).unwrap();
        (request, text.replace(&boundary, "B"))
    }

    #[test]
    fn parts_are_encoded() {
        let mut form = Multipart::new();
        form.value("text", "x", None).unwrap();
        form.value("list", &[1, 2], None).unwrap();
        form.value("object", &json!({"a": 1}), None).unwrap();
        form.value("quoted", "x", Some("application/json")).unwrap();
        form.value("absent", &json!(null), None).unwrap();
        form.deep("deep", &json!({"a": {"b": 1}})).unwrap();
        let file = File::new([0x61]).named("a\"\r\n.csv").of_type("text/csv");
        form.file("file", &file, Some("image/png")).unwrap();
        form.file("png", &File::new("b"), Some("image/*, image/png"))
            .unwrap();
        let expected = "--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nx\r\n\
             --B\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\n1\r\n\
             --B\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\n2\r\n\
             --B\r\nContent-Disposition: form-data; name=\"object\"\r\n\
             Content-Type: application/json\r\n\r\n{\"a\":1}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"quoted\"\r\n\
             Content-Type: application/json\r\n\r\n\"x\"\r\n\
             --B\r\nContent-Disposition: form-data; name=\"deep[a][b]\"\r\n\r\n1\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; \
             filename=\"a%22%0D%0A.csv\"\r\nContent-Type: text/csv\r\n\r\na\r\n\
             --B\r\nContent-Disposition: form-data; name=\"png\"; filename=\"png\"\r\n\
             Content-Type: image/png\r\n\r\nb\r\n--B--\r\n";
        let (request, text) = body(form);
        assert_eq!(text, expected);
        let header = request.headers()["content-type"].to_str().unwrap();
        assert!(header.starts_with("multipart/form-data; boundary="));
    }

    #[test]
    fn a_reader_is_sent_once() {
        let file = File::new(Upload::reader(&b"abc"[..], Some(3)));
        let mut form = Multipart::new();
        form.file("a", &file, None).unwrap();
        assert_eq!(form.file("b", &file, None), Err(RequestError::Consumed));
        let (request, text) = body(form);
        assert_eq!(text, "");
        assert!(request.try_clone().is_none());
    }

    #[test]
    fn a_media_type_cannot_end_the_header() {
        let file = File::new("a").of_type("text/csv\r\nX: y");
        assert!(Multipart::new().file("a", &file, None).is_err());
    }
}
