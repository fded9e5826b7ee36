//! Deserializes JSON and charges the decode budget for the memory of its values.
//!
//! The size of a value in memory has little to do with its size in JSON: `{}` can become a large
//! struct, or a node of a map. Every value passes through this deserializer with its Rust type, so
//! its memory is known before it is kept: the value itself, its place in a growing list, its node in
//! a map, its text. The sum overestimates the allocations of `serde` and the standard collections by
//! a factor of two or three.

use std::fmt;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use crate::decode_budget::charge;

/// Deserializes a whole text within the budget of this thread.
pub(crate) fn from_slice<T: DeserializeOwned>(text: &[u8]) -> Result<T, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_slice(text);
    let value = T::deserialize(Metered(&mut json))?;
    json.end()?;
    Ok(value)
}

/// A deserializer that charges for its values.
struct Metered<D>(D);

/// A visitor that charges for the values that it receives.
struct MeteredVisitor<V> {
    visitor: V,
    /// Whether an object becomes a map, and not a struct.
    is_map: bool,
}

/// The overhead of a heap allocation, in bytes.
const ALLOCATION: usize = 16;
/// The number of entries in a node of a `BTreeMap`. A hash table is not larger.
const MAP_NODE_ENTRIES: usize = 11;
/// The first capacity of a growing list, in elements.
const FIRST_LIST_CAPACITY: usize = 4;

fn charge_bytes<E: Error>(bytes: usize) -> Result<(), E> {
    charge(bytes).map_err(E::custom)
}

fn charge_text<E: Error>(length: usize) -> Result<(), E> {
    match length {
        0 => Ok(()),
        length => charge_bytes(length + ALLOCATION),
    }
}

/// Forwarding methods that charge for the value that the visitor creates.
macro_rules! charged {
    ($($method:ident($($name:ident: $type:ty),*) $is_map:literal;)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            charge_bytes(size_of::<V::Value>())?;
            self.0.$method($($name,)* MeteredVisitor { visitor, is_map: $is_map })
        }
    )*};
}

/// Forwarding methods whose value is charged by its content.
macro_rules! uncharged {
    ($($method:ident($($name:ident: $type:ty),*);)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method($($name,)* MeteredVisitor { visitor, is_map: false })
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Metered<D> {
    type Error = D::Error;

    charged! {
        deserialize_any() true;
        deserialize_bool() false;
        deserialize_i8() false;
        deserialize_i16() false;
        deserialize_i32() false;
        deserialize_i64() false;
        deserialize_i128() false;
        deserialize_u8() false;
        deserialize_u16() false;
        deserialize_u32() false;
        deserialize_u64() false;
        deserialize_u128() false;
        deserialize_f32() false;
        deserialize_f64() false;
        deserialize_char() false;
        deserialize_str() false;
        deserialize_string() false;
        deserialize_bytes() false;
        deserialize_byte_buf() false;
        deserialize_unit() false;
        deserialize_unit_struct(name: &'static str) false;
        deserialize_seq() false;
        deserialize_tuple(length: usize) false;
        deserialize_tuple_struct(name: &'static str, length: usize) false;
        deserialize_map() true;
        deserialize_struct(name: &'static str, fields: &'static [&'static str]) false;
        deserialize_enum(name: &'static str, variants: &'static [&'static str]) false;
    }

    uncharged! {
        deserialize_option();
        deserialize_newtype_struct(name: &'static str);
    }

    /// A field name is compared and not kept.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_identifier(visitor)
    }

    /// A skipped value is not kept.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_ignored_any(visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

/// Visits of scalars, which are already charged.
macro_rules! plain {
    ($($method:ident($type:ty);)*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.visitor.$method(value)
        }
    )*};
}

/// Visits of text and bytes, which have an allocation of their own.
macro_rules! text {
    ($($method:ident($type:ty);)*) => {$(
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            charge_text(value.len())?;
            self.visitor.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for MeteredVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    plain! {
        visit_bool(bool);
        visit_i8(i8);
        visit_i16(i16);
        visit_i32(i32);
        visit_i64(i64);
        visit_i128(i128);
        visit_u8(u8);
        visit_u16(u16);
        visit_u32(u32);
        visit_u64(u64);
        visit_u128(u128);
        visit_f32(f32);
        visit_f64(f64);
        visit_char(char);
    }

    text! {
        visit_str(&str);
        visit_borrowed_str(&'de str);
        visit_string(String);
        visit_bytes(&[u8]);
        visit_borrowed_bytes(&'de [u8]);
        visit_byte_buf(Vec<u8>);
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Metered(inner))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Metered(inner))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_seq(Items { items, count: 0 })
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        let is_map = self.is_map;
        self.visitor.visit_map(Members {
            members,
            is_map,
            count: 0,
            key_size: 0,
        })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(Metered(variant))
    }
}

/// A seed whose value is deserialized through [`Metered`].
struct Seed<S>(S);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Seed<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Metered(deserializer))
    }
}

/// The elements of a list.
struct Items<A> {
    items: A,
    count: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let read = self.items.next_element_seed(Seed(seed))?;
        if read.is_some() {
            // A full list doubles its capacity.
            let slots = if self.count == 0 {
                FIRST_LIST_CAPACITY
            } else {
                2
            };
            self.count += 1;
            charge_bytes(size_of::<S::Value>().saturating_mul(slots))?;
        }
        Ok(read)
    }

    fn size_hint(&self) -> Option<usize> {
        self.items.size_hint()
    }
}

/// The members of an object.
struct Members<A> {
    members: A,
    is_map: bool,
    count: usize,
    /// The size of the last key, in bytes.
    key_size: usize,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.key_size = size_of::<S::Value>();
        if self.is_map {
            self.members.next_key_seed(Seed(seed))
        } else {
            self.members.next_key_seed(seed)
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let read = self.members.next_value_seed(Seed(seed))?;
        if self.is_map {
            // A whole node at first; later ones are at least half full.
            let slots = match self.count {
                0 => MAP_NODE_ENTRIES,
                count if count < MAP_NODE_ENTRIES => 0,
                _ => 3,
            };
            self.count += 1;
            charge_bytes((self.key_size + size_of::<S::Value>()).saturating_mul(slots))?;
        }
        Ok(read)
    }

    fn size_hint(&self) -> Option<usize> {
        self.members.size_hint()
    }
}

/// The name of the variant is compared and not kept.
impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Metered<A> {
    type Error = A::Error;
    type Variant = Metered<A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), A::Error> {
        let (name, content) = self.0.variant_seed(seed)?;
        Ok((name, Metered(content)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Metered<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.0.newtype_variant_seed(Seed(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        let is_map = false;
        self.0
            .tuple_variant(length, MeteredVisitor { visitor, is_map })
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        let is_map = false;
        self.0
            .struct_variant(fields, MeteredVisitor { visitor, is_map })
    }
}
