//! Whether pictures come on tap only: as the reader chose in this shop, else as their phone says that it saves data.

use super::cookies::Cookie;
use crate::config::PlatformUrl;
use http::{HeaderMap, HeaderName};

const SAVE_DATA: HeaderName = HeaderName::from_static("save-data");

/// How a reader wants pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Light {
    /// Pictures are brought when they are tapped.
    pub is_on: bool,
    /// The reader has said so here: an answer for them is right for nobody else's request.
    pub is_chosen: bool,
}

impl Light {
    /// What the reader chose counts more than what the phone says.
    pub fn of(headers: &HeaderMap, base: &PlatformUrl) -> Self {
        match Cookie::Light.read(headers, base) {
            Some("on") => Self { is_on: true, is_chosen: true },
            Some("off") => Self { is_on: false, is_chosen: true },
            _ => Self { is_on: saves_data(headers), is_chosen: false },
        }
    }
}

/// `Save-Data: on`, whatever stands behind it.
pub fn saves_data(headers: &HeaderMap) -> bool {
    let said = headers.get(SAVE_DATA).and_then(|said| said.to_str().ok()).unwrap_or_default();
    said.split([';', ',']).next().is_some_and(|word| word.trim().eq_ignore_ascii_case("on"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderValue, header::COOKIE};

    fn light(save_data: Option<&'static str>, cookie: Option<&'static str>) -> (bool, bool) {
        let base = PlatformUrl::parse("http://localhost:3000").expect("an address");
        let mut headers = HeaderMap::new();
        if let Some(said) = save_data {
            headers.insert(SAVE_DATA, HeaderValue::from_static(said));
        }
        if let Some(pair) = cookie {
            headers.insert(COOKIE, HeaderValue::from_static(pair));
        }
        let light = Light::of(&headers, &base);
        (light.is_on, light.is_chosen)
    }

    #[test]
    fn what_was_chosen_here_counts_more_than_what_the_phone_says() {
        assert_eq!(light(None, None), (false, false));
        assert_eq!(light(Some("on"), None), (true, false));
        assert_eq!(light(Some(" ON;q=1"), None), (true, false));
        assert_eq!(light(Some("off"), None), (false, false));
        assert_eq!(light(Some("one"), None), (false, false));
        assert_eq!(light(None, Some("duka_light=on")), (true, true));
        assert_eq!(light(Some("on"), Some("duka_light=off")), (false, true));
        assert_eq!(light(Some("on"), Some("duka_light=maybe")), (true, false));
    }
}
