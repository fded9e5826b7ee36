//! Tests of the conversion: tree to tree.
