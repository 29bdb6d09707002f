//! The table of what was measured against what is allowed.

/// Whether more or less is better.
#[derive(Clone, Copy)]
pub enum Limit {
    AtLeast(f64),
    AtMost(f64),
}

struct Row {
    what: String,
    sides: String,
    measured: Result<f64, String>,
    limit: Limit,
}

/// Rows in the order in which they were measured.
#[derive(Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// A ratio; `sides` shows the absolute numbers behind it.
    pub fn ratio(&mut self, what: &str, sides: String, measured: f64, limit: Limit) {
        println!("{what}: {measured:.2} ({sides})");
        self.0.push(Row { what: what.to_owned(), sides, measured: Ok(measured), limit });
    }

    /// Something that could not be measured here, and why.
    pub fn missing(&mut self, what: &str, why: &str, limit: Limit) {
        println!("{what}: not measured, {why}");
        self.0.push(Row { what: what.to_owned(), sides: String::new(), measured: Err(why.to_owned()), limit });
    }

    pub fn print(&self) {
        println!("\n{:<44} {:>9} {:>8}  {:<7} sides", "bench", "measured", "limit", "");
        for row in &self.0 {
            let (limit, is_kept): (String, fn(f64, f64) -> bool) = match row.limit {
                Limit::AtLeast(least) => (format!("≥ {least:.2}"), |measured, limit| measured >= limit),
                Limit::AtMost(most) => (format!("≤ {most:.2}"), |measured, limit| measured <= limit),
            };
            let (Limit::AtLeast(bound) | Limit::AtMost(bound)) = row.limit;
            match &row.measured {
                Ok(measured) => {
                    let word = if is_kept(*measured, bound) { "ok" } else { "MISSES" };
                    println!("{:<44} {measured:>9.2} {limit:>8}  {word:<7} {}", row.what, row.sides);
                }
                Err(why) => println!("{:<44} {:>9} {limit:>8}  {:<7} {why}", row.what, "?", "FAILED"),
            }
        }
    }
}
