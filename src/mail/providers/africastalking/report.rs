//! What Africa's Talking tells later of a message that it took: a form, unsigned, as often as it likes.

use crate::kernel::phone::Phone;
use reqwest::Url;

/// The most fields of a form that are looked at.
const MOST_FIELDS: usize = 30;

/// A report of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The provider's number of the message.
    pub message: String,
    /// Whether it is on the phone; none while it is still on its way.
    pub has_arrived: Option<bool>,
    /// Who has told the provider that they want nothing from this sender.
    pub said_stop: Option<Phone>,
}

/// None when it is no report of theirs.
pub fn read_report(body: &str) -> Option<Report> {
    let fields = fields(body);
    let said = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim());
    let message = said("id").filter(|id| !id.is_empty() && id.len() <= 100)?.to_owned();
    let has_arrived = match said("status")? {
        "Success" => Some(true),
        "Failed" | "Rejected" => Some(false),
        "Sent" | "Submitted" | "Buffered" => None,
        _ => return None,
    };
    let has_said_stop = has_arrived == Some(false)
        && said("failureReason").is_some_and(|why| why.eq_ignore_ascii_case("UserInBlackList"));
    let said_stop = said("phoneNumber").filter(|_| has_said_stop).and_then(Phone::parse);
    Some(Report { message, has_arrived, said_stop })
}

/// A form's fields, decoded.
pub fn fields(body: &str) -> Vec<(String, String)> {
    // A form is written as the query of an address is.
    let Ok(form) = Url::parse(&format!("http://form/?{}", body.replace('#', "%23"))) else { return Vec::new() };
    form.query_pairs().take(MOST_FIELDS).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_report_has_its_meaning() {
        let arrived = read_report(include_str!("samples/arrived.form"));
        assert_eq!(arrived, Some(Report { message: "ATXid_7c2f19".into(), has_arrived: Some(true), said_stop: None }));
        let failed = read_report(include_str!("samples/failed.form")).unwrap();
        assert_eq!((failed.has_arrived, failed.said_stop), (Some(false), Phone::parse("0711223344")));
        for (status, meaning) in [("Sent", None), ("Submitted", None), ("Buffered", None), ("Rejected", Some(false))] {
            let told = include_str!("samples/arrived.form").replace("Success", status);
            assert_eq!(read_report(&told).map(|report| report.has_arrived), Some(meaning), "{status}");
        }
        // Somebody whose phone is off has not said anything.
        let off = include_str!("samples/failed.form").replace("UserInBlackList", "AbsentSubscriber");
        assert_eq!(read_report(&off).unwrap().said_stop, None);
    }

    #[test]
    fn what_is_no_report_is_none() {
        for body in ["", "{}", "id=&status=Success", "status=Success", "id=a", "id=a&status=Eaten", "%zz#\u{0}"] {
            assert_eq!(read_report(body), None, "{body}");
        }
        assert_eq!(read_report(&format!("id={}&status=Success", "a".repeat(101))), None);
    }
}
