//! How a measure grows with the size of what it is a measure of.

/// The exponent of the power of the size that fits best, by least squares of the logarithms;
/// `None` where no two sizes are left.
pub(super) fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let logarithms: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    if logarithms.len() < 2 {
        return None;
    }
    let count = logarithms.len() as f64;
    let mean_x = logarithms.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = logarithms.iter().map(|(_, y)| y).sum::<f64>() / count;
    let products = logarithms.iter().map(|(x, y)| (x - mean_x) * (y - mean_y));
    let squares = logarithms.iter().map(|(x, _)| (x - mean_x).powi(2));
    Some(products.sum::<f64>() / squares.sum::<f64>())
}

#[cfg(test)]
mod tests {
    use super::exponent;

    #[test]
    fn powers_are_found() {
        let of = |power: f64| {
            let points: Vec<(f64, f64)> = [1.0, 2.0, 4.0, 8.0]
                .iter()
                .map(|x: &f64| (*x, 3.0 * x.powf(power)))
                .collect();
            exponent(&points).expect("there are points")
        };
        assert!((of(1.0) - 1.0).abs() < 1e-9);
        assert!((of(2.5) - 2.5).abs() < 1e-9);
        assert_eq!(exponent(&[(1.0, 1.0)]), None);
    }
}
