//! An order's parcel, in English.

use super::{ParcelStage, ParcelState, ParcelWords, Problem, Stage};

pub static WORDS: ParcelWords = ParcelWords {
    title: "Parcel",
    title_of: |number| format!("Parcel of order {number}"),
    lead: |area| format!("It goes to: {area}"),
    tries: "What was done",
    none_yet: "Nobody has this parcel yet.",
    stage: |stage| match stage {
        Stage::Asked | Stage::Asking => "Being booked",
        Stage::Waiting(_) => "Not booked yet",
        Stage::Failed(_) => "Not booked",
        Stage::GivenUp { .. } => "Given up",
        Stage::Booked(ParcelState::Booked) => "Booked",
        Stage::Booked(ParcelState::OnTheWay) => "On its way",
        Stage::Booked(ParcelState::Delivered) => "Delivered",
        Stage::Booked(ParcelState::Cancelled) => "Came to nothing",
    },
    advice: |stage| match stage {
        Stage::Asked | Stage::Asking => Some("We are booking it now. Look again in a moment."),
        Stage::Waiting(Problem::Unclear) => Some(
            "Pickup Mtaani broke off in the middle. We look whether it has the parcel before we ask again. If you cannot wait, look into your account there first, then book by hand below.",
        ),
        Stage::Waiting(_) => Some(
            "Pickup Mtaani cannot be reached. We try again by ourselves for about ten minutes. If you cannot wait, book by hand below.",
        ),
        Stage::Failed(Problem::NotReached) => Some(
            "Pickup Mtaani could not be reached, and nothing was booked. Try again later, or take the parcel to any desk and write its code below.",
        ),
        Stage::Failed(Problem::NotAccepted) => Some(
            "Pickup Mtaani does not take your key, and nothing was booked. The owner can renew it in Settings. Until then take the parcel to a desk and write its code below.",
        ),
        Stage::Failed(Problem::Refused) => Some(
            "Pickup Mtaani refused this parcel, and nothing was booked. Choose another agent, or take the parcel to a desk and write its code below.",
        ),
        Stage::Failed(Problem::Unclear) => Some(
            "Pickup Mtaani did not answer, and may have the parcel all the same. Look into your account there: if it stands there, write its code below; if not, book it again.",
        ),
        Stage::GivenUp { is_unclear: true } => Some(
            "Pickup Mtaani may have this one all the same. Cancel it in your account there, so that you do not pay twice.",
        ),
        Stage::Booked(ParcelState::Booked) => {
            Some("Write the code on the parcel and hand it in. The buyer sees the code on the order's page.")
        }
        Stage::Booked(ParcelState::Cancelled) => {
            Some("It was cancelled or came back. Book it again when it is to be sent.")
        }
        Stage::Booked(_) | Stage::GivenUp { is_unclear: false } => None,
    },
    given_away: "The buyer sees the code on the order's page. Say below where it is.",
    partner_said: |said| format!("They said: “{said}”"),
    code: "Code",
    cost: |cost| format!("costs you {cost}"),
    to_agent: "Pick-up",
    look_again: "Look again",
    book_title: "Book with Pickup Mtaani",
    book_lead: "The code comes by itself. Pressed twice it is one parcel.",
    agent: "Agent",
    no_agent: "Choose an agent",
    book: "Book the parcel",
    unpaid: "An agent collects no money for you, so a parcel is booked once the order is paid.",
    by_hand_title: "Book by hand",
    by_hand_lead: "You gave it to a courier, a bus or a desk yourself: write down whom, and the code or receipt number you got.",
    carrier: "Who has it",
    carrier_hint: "Like Easy Coach, G4S or Pickup Mtaani",
    typed_code: "Code or receipt number",
    code_hint: "The buyer sees it on the order's page",
    typed_cost: "What it cost you, in KSh",
    cost_hint: "For your own sums; the buyer does not see it",
    write_down: "Write it down",
    where_title: "Where is it?",
    say: |state| match state {
        ParcelState::Booked => "Booked",
        ParcelState::OnTheWay => "It is on its way",
        ParcelState::Delivered => "The buyer has it",
        ParcelState::Cancelled => "It came back",
    },
    yours: "Your parcel",
    with_carrier: |carrier| format!("With {carrier}, under the code"),
    pick_up_at: |agent| format!("Pick it up at {agent}."),
    where_it_is: |stage, is_at_agent| match (stage, is_at_agent) {
        (ParcelStage::Booked, _) => "It is booked and about to be handed in.",
        (ParcelStage::OnTheWay, true) => "It is on its way to the agent, who tells you by SMS when it is there.",
        (ParcelStage::OnTheWay, false) => "It is on its way to you.",
        (ParcelStage::Delivered, true) => "It has been handed out.",
        (ParcelStage::Delivered, false) => "It has been delivered.",
    },
};
