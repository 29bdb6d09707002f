//! Counts what passed and what failed, from what the runners say.

use serde_json::Value;

/// Passed and failed checks.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    /// One more check.
    pub fn count(&mut self, passed: bool) {
        if passed { self.passed += 1 } else { self.failed += 1 }
    }

    /// A runner's own counts.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Reads nextest's line `Summary [ 6.6s] 16 tests run: 15 passed (1 slow), 1 failed, 0 skipped`.
pub fn nextest(line: &str) -> Option<Tally> {
    let plain = without_colour(line);
    let (head, counts) = plain.split_once(" run: ")?;
    if !head.trim_start().starts_with("Summary") {
        return None;
    }
    let mut tally = Tally::default();
    for part in counts.split(',') {
        let mut words = part.split_whitespace();
        let (Some(count), Some(what)) = (words.next().and_then(|word| word.parse::<u64>().ok()), words.next()) else {
            continue;
        };
        match what {
            "passed" => tally.passed += count,
            "skipped" => {}
            // failed, timed out, exec failed
            _ => tally.failed += count,
        }
    }
    Some(tally)
}

/// Reads the statistics of Playwright's JSON report. A test that passed only when repeated did not pass.
pub fn playwright(report: &Value) -> Option<Tally> {
    let stats = report.get("stats")?;
    let number = |name: &str| stats.get(name).and_then(Value::as_u64);
    // Errors outside any test: a file that does not load, a set-up that fails.
    let outside = report.get("errors").and_then(Value::as_array).map_or(0, Vec::len) as u64;
    Some(Tally { passed: number("expected")?, failed: number("unexpected")? + number("flaky")? + outside })
}

fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut inside = false;
    for sign in line.chars() {
        match sign {
            '\u{1b}' => inside = true,
            'm' if inside => inside = false,
            _ if inside => {}
            sign => plain.push(sign),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Tally, nextest, playwright};
    use serde_json::json;

    #[test]
    fn every_kind_of_summary_gives_the_right_counts() {
        for (line, passed, failed) in [
            ("     Summary [   6.631s] 16 tests run: 16 passed, 0 skipped", 16, 0),
            ("     Summary [   1.8s] 8/16 tests run: 7 passed, 1 failed, 0 skipped", 7, 1),
            (
                "\u{1b}[32;1m     Summary\u{1b}[0m [ 2s] \u{1b}[1m3\u{1b}[0m tests run: 1 passed (1 slow), 1 timed out, 1 exec failed, 4 skipped",
                1,
                2,
            ),
            ("     Summary [   0.1s] 1 test run: 1 passed, 0 skipped", 1, 0),
        ] {
            assert_eq!(nextest(line), Some(Tally { passed, failed }), "{line}");
        }
        assert_eq!(nextest("        PASS [   0.005s] cluster tests::a_test run: 3 passed"), None);
    }

    #[test]
    fn a_flaky_browser_test_and_an_error_outside_tests_are_failures() {
        let report = json!({"stats": {"expected": 12, "unexpected": 1, "flaky": 1, "skipped": 3}, "errors": [{}]});
        assert_eq!(playwright(&report), Some(Tally { passed: 12, failed: 3 }));
        assert_eq!(playwright(&json!({})), None);
    }
}
