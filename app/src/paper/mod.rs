//! What is handed out on paper, as PDF: laid out in whole hundredths of a point, drawn at the end.

mod draw;
mod face;
mod outline;
mod receipt;
mod sheet;

pub use outline::outline;
pub use receipt::receipt;

/// Hundredths of a point. Layout never knows a fraction, so the same receipt has the same bytes.
type Length = i32;

/// A4.
const PAGE: (Length, Length) = (59_528, 84_189);
const MARGIN: Length = 4_800;
