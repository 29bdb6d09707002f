//! The table of what was measured against what is allowed.

/// What is allowed.
#[derive(Clone, Copy)]
pub enum Limit {
    AtLeast(f64),
    AtMost(f64),
    /// More is as wrong as less.
    Exactly(f64),
    /// Everything: a decision says that no number can be held here, so it is told to be bettered.
    Open,
}

impl Limit {
    fn is_kept(self, measured: f64) -> bool {
        match self {
            Self::AtLeast(least) => measured >= least,
            Self::AtMost(most) => measured <= most,
            Self::Exactly(wanted) => (measured - wanted).abs() < f64::EPSILON,
            Self::Open => true,
        }
    }

    fn told(self) -> String {
        match self {
            Self::AtLeast(least) => format!("≥ {least:.2}"),
            Self::AtMost(most) => format!("≤ {most:.2}"),
            Self::Exactly(wanted) => format!("= {wanted:.2}"),
            Self::Open => "none".to_owned(),
        }
    }
}

struct Row {
    what: String,
    sides: String,
    measured: Result<f64, String>,
    limit: Limit,
}

impl Row {
    /// What was not measured keeps no limit.
    fn is_kept(&self) -> bool {
        match &self.measured {
            Ok(measured) => self.limit.is_kept(*measured),
            Err(_) => matches!(self.limit, Limit::Open),
        }
    }
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

    /// Answers whether every limit is kept.
    pub fn print(&self) -> bool {
        println!("\n{:<44} {:>9} {:>8}  {:<7} sides", "bench", "measured", "limit", "");
        for row in &self.0 {
            let limit = row.limit.told();
            match &row.measured {
                Ok(measured) => {
                    let word = match row.limit {
                        Limit::Open => "",
                        _ if row.is_kept() => "ok",
                        _ => "MISSES",
                    };
                    println!("{:<44} {measured:>9.2} {limit:>8}  {word:<7} {}", row.what, row.sides);
                }
                Err(why) => println!("{:<44} {:>9} {limit:>8}  {:<7} {why}", row.what, "?", "FAILED"),
            }
        }
        self.0.iter().all(Row::is_kept)
    }
}
