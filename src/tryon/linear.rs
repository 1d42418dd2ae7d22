//! Small systems of linear equations: symmetric, positive, of a size known when compiled.

/// A symmetric matrix; both halves are kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Symmetric<const N: usize>(pub [[f32; N]; N]);

impl<const N: usize> Symmetric<N> {
    /// Nothing known.
    pub const ZERO: Self = Self([[0.0; N]; N]);

    /// The same with its diagonal raised, in shares of itself: Marquardt's way.
    pub fn damped(mut self, share: f32) -> Self {
        for at in 0..N {
            self.0[at][at] *= 1.0 + share;
        }
        self
    }

    /// The solution of `self * x = right`; `None` unless the matrix is positive. By Cholesky's factors, in double precision:
    /// distances and angles differ by orders of magnitude.
    pub fn solve(&self, right: [f32; N]) -> Option<[f32; N]> {
        let factor = self.factor()?;
        let mut found = right.map(f64::from);
        back_substitute(&factor, &mut found);
        Some(found.map(|value| value as f32)).filter(|found| found.iter().all(|value| value.is_finite()))
    }

    /// The inverse: a covariance from an information.
    pub fn inverse(&self) -> Option<Self> {
        let factor = self.factor()?;
        let mut inverse = Self::ZERO;
        for column in 0..N {
            let mut unit = [0.0; N];
            unit[column] = 1.0;
            back_substitute(&factor, &mut unit);
            for (row, value) in inverse.0.iter_mut().zip(unit) {
                row[column] = value as f32;
            }
        }
        Some(inverse)
    }

    fn factor(&self) -> Option<[[f64; N]; N]> {
        let mut factor = [[0.0f64; N]; N];
        for row in 0..N {
            for column in 0..=row {
                let known: f64 = (0..column).map(|at| factor[row][at] * factor[column][at]).sum();
                let rest = f64::from(self.0[row][column]) - known;
                if row == column {
                    (rest > 0.0 && rest.is_finite()).then_some(())?;
                    factor[row][row] = rest.sqrt();
                } else {
                    factor[row][column] = rest / factor[column][column];
                }
            }
        }
        Some(factor)
    }
}

fn back_substitute<const N: usize>(factor: &[[f64; N]; N], values: &mut [f64; N]) {
    for row in 0..N {
        let known: f64 = (0..row).map(|at| factor[row][at] * values[at]).sum();
        values[row] = (values[row] - known) / factor[row][row];
    }
    for row in (0..N).rev() {
        let known: f64 = (row + 1..N).map(|at| factor[at][row] * values[at]).sum();
        values[row] = (values[row] - known) / factor[row][row];
    }
}

/// Adds what one equation with these coefficients tells, of that weight.
pub(super) fn add_outer<const N: usize>(sum: &mut Symmetric<N>, row: &[f32; N], weight: f32) {
    for (sums, entry) in sum.0.iter_mut().zip(row) {
        for (sum, other) in sums.iter_mut().zip(row) {
            *sum += weight * entry * other;
        }
    }
}
