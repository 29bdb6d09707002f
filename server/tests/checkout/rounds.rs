//! How long a long test goes on: as many rounds as somebody asks for, or as many as fit into its share of the time.

use std::{
    env,
    time::{Duration, Instant},
};

/// What all long tests together may take, in minutes, unless `DUKA_SOAK_MINUTES` says otherwise. Those that do not go by
/// rounds take about half of it.
const MINUTES: u64 = 30;

/// The rounds of one long test.
pub struct Rounds {
    /// None where the time decides.
    wanted: Option<usize>,
    share: Duration,
    began: Instant,
    round_began: Instant,
    longest: Duration,
    begun: usize,
}

impl Rounds {
    /// `setting` says how many, whatever time they take. Without it there are as many as fit into so many hundredths of
    /// the time, and one at least.
    pub fn of(setting: &str, hundredths: u32) -> Self {
        let minutes = number("DUKA_SOAK_MINUTES").map_or(MINUTES, |minutes| u64::try_from(minutes).unwrap());
        let now = Instant::now();
        Self {
            wanted: number(setting),
            share: Duration::from_mins(minutes) * hundredths / 100,
            began: now,
            round_began: now,
            longest: Duration::ZERO,
            begun: 0,
        }
    }

    /// The number of the round that begins now, from zero; none when it was the last.
    pub fn begin(&mut self) -> Option<usize> {
        let now = Instant::now();
        self.longest = self.longest.max(now - self.round_began);
        let goes_on = match self.wanted {
            Some(wanted) => self.begun < wanted,
            // None is begun that would end too late if it took as long as the longest so far.
            None => self.begun == 0 || now - self.began + self.longest <= self.share,
        };
        if !goes_on {
            return None;
        }
        self.round_began = now;
        self.begun += 1;
        Some(self.begun - 1)
    }

    /// How many there were, in words.
    pub fn told(&self) -> String {
        format!("{} rounds in {:.0?}, the longest {:.0?}", self.begun, self.began.elapsed(), self.longest)
    }
}

fn number(setting: &str) -> Option<usize> {
    let text = env::var(setting).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{setting} is a whole number, not {text:?}")))
}
