//! The macro that implements an object: one statement per member and direction.

/// Implements [`Object`](crate::json::Object), [`Fits`](crate::json::Fits), `Deserialize` and `Serialize` for a struct.
///
/// The table has one line per member: its kind, the field, the name in JSON, and the constants that it
/// may have if its type does not list them. An optional last line `..field` names the map of all other
/// members; without it they are not kept.
///
/// - `required`: the member must be present.
/// - `nullable`: the member may be `null`, and `None` is written as `null`. If it is missing, it is
///   decoded as `null`.
/// - `optional`: the member may be missing or `null`, and `None` is left out.
/// - `patch`: missing and `null` differ. `None` is left out, `Some(None)` is `null`.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// struct Pet {
///     name: String,
///     owner: Option<String>,
///     kind: Option<String>,
/// }
///
/// openapi_client_runtime::object!(Pet {
///     required name: "name",
///     nullable owner: "owner",
///     optional kind: "type",
/// });
///
/// let pet: Pet = serde_json::from_str(r#"{"name": "Rex", "type": "dog", "age": 3}"#)?;
/// assert_eq!(pet.kind.as_deref(), Some("dog"));
/// assert_eq!(serde_json::to_string(&pet)?, r#"{"name":"Rex","owner":null,"type":"dog"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! object {
    ($name:ident {
        $($kind:ident $field:ident: $wire:literal $(= $($of:ident($value:literal))|+)?,)*
        $(..$extra:ident)?
    }) => {
        impl $crate::json::Object for $name {
            const MEMBERS: &'static [$crate::json::Member] = &[
                $($crate::json::Member::new(
                    $wire,
                    $crate::object!(@is_required $kind),
                    &[$($($crate::json::Constant::$of($value),)+)?],
                    |object: &Self| &object.$field,
                ),)*
            ];
            const EXTRA: Option<$crate::json::Probe> =
                $crate::object!(@extra $(|object: &Self| &object.$extra)?);

            fn read<'de, A: $crate::json::serde::de::MapAccess<'de>>(
                members: &mut $crate::json::MemberReader<'de, A>,
            ) -> Option<Self> {
                $(let mut $field = None;)*
                $(let mut $extra = Default::default();)?
                while members.advance() {
                    $(members.$kind($wire, &mut $field);)*
                    $(members.extra(&mut $extra);)?
                }
                Some(Self {
                    $($field: $crate::object!(@$kind members $wire $field),)*
                    $($extra,)?
                })
            }

            fn write<M: $crate::json::serde::ser::SerializeMap>(
                &self,
                members: &mut $crate::json::MemberWriter<M>,
            ) {
                $(members.$kind($wire, &self.$field);)*
                $(members.extra(&self.$extra);)?
            }
        }

        impl $crate::json::Fits for $name {
            fn fit(node: &$crate::json::Node) -> Option<$crate::json::Fit> {
                $crate::json::fit_object::<Self>(node)
            }

            fn collect_lost(node: &$crate::json::Node, lost: &mut $crate::json::LostParts) {
                $crate::json::collect_lost_of_object::<Self>(node, lost);
            }
        }

        impl<'de> $crate::json::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::json::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::json::read_object(deserializer)
            }
        }

        impl $crate::json::serde::Serialize for $name {
            fn serialize<S: $crate::json::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::json::write_object(self, serializer)
            }
        }
    };
    (@is_required required) => {
        true
    };
    (@is_required $kind:ident) => {
        false
    };
    (@extra) => {
        None
    };
    (@extra $of:expr) => {
        Some($crate::json::Probe::extra($of))
    };
    (@required $members:ident $wire:literal $slot:ident) => {
        match $members.finish_required($wire, $slot) {
            Some(value) => value,
            None => return None,
        }
    };
    (@$kind:ident $members:ident $wire:literal $slot:ident) => {
        $slot.unwrap_or_default()
    };
}
