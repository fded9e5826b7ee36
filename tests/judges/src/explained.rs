//! Where the judges say something else, and who is right.

/// A disagreement.
pub struct Explained {
    /// The rule of ours that the edit meets.
    pub rule: &'static str,
    /// What the other says.
    pub says: &'static str,
    /// Who is right.
    pub right: &'static str,
    /// Why.
    pub why: &'static str,
}

/// Disagreements with `public-api`.
pub const PUBLIC_API: &[Explained] = &[];

/// Disagreements with `drift`.
pub const DRIFT: &[Explained] = &[];
