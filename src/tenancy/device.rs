//! What kind of browser it was, from what it says of itself, for people to recognise their own.

/// Names of makers, the same in every language; none when it says nothing we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    pub browser: Option<&'static str>,
    pub system: Option<&'static str>,
}

/// Nearly every browser also names the ones it wants to pass for, so the rarer name comes first.
const BROWSERS: [(&str, &str); 17] = [
    ("Opera Mini", "Opera Mini"),
    ("OPiOS", "Opera Mini"),
    ("OPT/", "Opera"),
    ("OPR/", "Opera"),
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("PHX/", "Phoenix"),
    ("MiuiBrowser", "Mi Browser"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("FxiOS", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("KAIOS", "KaiOS"),
];
const SYSTEMS: [(&str, &str); 10] = [
    ("KAIOS", "KaiOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows Phone", "Windows Phone"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("J2ME", "Java"),
    ("Linux", "Linux"),
];

impl Device {
    pub fn read(agent: &str) -> Self {
        let first =
            |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
        Self { browser: first(&BROWSERS), system: first(&SYSTEMS) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_of_nairobi_are_told_apart() {
        for (agent, browser, system) in [
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36",
                Some("Chrome"),
                Some("Android"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 12; TECNO KI5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36 PHX/15.1",
                Some("Phoenix"),
                Some("Android"),
            ),
            (
                "Opera/9.80 (Android; Opera Mini/81.0/191.308; U; en) Presto/2.12.423 Version/12.16",
                Some("Opera Mini"),
                Some("Android"),
            ),
            (
                "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80; U; en) Presto/2.12.423 Version/12.16",
                Some("Opera Mini"),
                Some("Java"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36",
                Some("Samsung Internet"),
                Some("Android"),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0",
                Some("Edge"),
                Some("Windows"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                Some("Safari"),
                Some("iPhone"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0 Mobile/15E148 Safari/604.1",
                Some("Chrome"),
                Some("iPhone"),
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Some("Firefox"), Some("Linux")),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
                Some("Safari"),
                Some("Mac"),
            ),
            ("curl/8.5.0", Some("curl"), None),
            ("", None, None),
        ] {
            assert_eq!(Device::read(agent), Device { browser, system }, "{agent}");
        }
    }
}
