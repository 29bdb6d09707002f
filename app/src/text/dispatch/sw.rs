//! Dispatch in Swahili.

use super::DispatchWords;
use crate::text::rider;
use duka::delivery::parcel::ParcelStatus;
use duka::kernel::locale::Locale;
use duka::orders::status::OrderStatus;
use duka::pages::dashboard::deliveries::board::BoardState;

pub static WORDS: DispatchWords = DispatchWords {
    title: "Mizigo",
    states: "Mizigo iko wapi",
    state: |state| match state {
        BoardState::Ready => "Tayari",
        BoardState::Out => "Njiani",
        BoardState::Failed => "Haikufika",
    },
    areas: "Maeneo",
    all_areas: "Maeneo yote",
    no_area: "Bila eneo",
    none: |state| match state {
        BoardState::Ready => "Hakuna mzigo uliofungwa unaosubiri. Funga oda, itaonekana hapa.",
        BoardState::Out => "Hakuna mzigo ulio njiani.",
        BoardState::Failed => "Hakuna mzigo ulioshindikana kufika. Vizuri sana.",
    },
    collect: |sum| format!("Pokea {sum}"),
    paid: "Imelipwa",
    collected: "mnunuzi anaichukua mwenyewe",
    try_of: |attempt, rider| match rider {
        "" => format!("safari ya {attempt}"),
        rider => format!("{rider}, safari ya {attempt}"),
    },
    give_chosen: "Mpe rider mizigo uliyoweka alama",
    give_chosen_text: "Kila mzigo unapata kiungo chake; ukurasa unaofuata unamtumia rider vyote kwa ujumbe mmoja.",
    given_title: |given, all| {
        if given == all {
            format!("{given} kati ya {all} amepewa rider")
        } else {
            format!("{given} kati ya {all} amepewa rider. Mingine imebaki ilivyokuwa")
        }
    },
    given: "rider anao sasa",
    changed: "kuna aliyeibadilisha wakati huo; iangalie tena",
    not_now: "haiwezi kutoka sasa: haijafungwa, au rider mwingine anayo tayari",
    see_stops: "Mtumie rider viungo",
    not_booked: |many| match many {
        "1" => "Kifurushi 1 hakikuandikishwa".to_owned(),
        many => format!("Vifurushi {many} havikuandikishwa"),
    },
    not_booked_title: "Vifurushi visivyoandikishwa",
    not_booked_lead: "Pickup Mtaani haijachukua vifurushi hivi, na hakuna aliyevishughulikia tangu hapo. Vya zamani viko juu.",
    not_booked_none: "Kila kifurushi kilichopaswa kuandikishwa kimeandikishwa, au kinaenda kwa njia nyingine.",
    labels: &[
        ("rider", "Rider"),
        ("name", "Jina la rider"),
        ("phone", "Simu ya rider"),
        ("cost", "Rider anapata (KSh)"),
    ],
    somebody_new: "Mtu mpya",
    name_hint: "Mnunuzi anaambiwa jina la kwanza.",
    cost_hint: "Kwa mzigo mmoja. Ni wewe tu unayeiona; inalinganishwa na ada kwenye Ada na gharama.",
    give: "Mpe rider",
    order_title: |number| format!("Usafirishaji wa oda {number}"),
    stands: |status| match status {
        OrderStatus::Pending | OrderStatus::AwaitingPayment => {
            Some("Oda hii haijakubaliwa wala kulipwa bado. Hakuna kinachotoka kabla ya hapo.")
        }
        OrderStatus::Paid => Some("Ifunge kwanza: anza kufunga kwenye ukurasa wake."),
        OrderStatus::Delivered => Some("Imefika. Hakuna kilichobaki kufanywa."),
        OrderStatus::Cancelled | OrderStatus::Refunded => Some("Oda hii imefungwa. Hakuna kinachotoka tena."),
        OrderStatus::Packing | OrderStatus::Dispatched => None,
    },
    fee: |fee| format!("Mnunuzi analipa {fee} kwa usafirishaji."),
    collected_text: "Mnunuzi anakuja dukani kuichukua, kwa hivyo rider hahitajiki. Sema kwenye oda ikiwa tayari, na ikishachukuliwa.",
    by_courier: "Badala yake itume kwa kampuni, basi au wakala",
    with_rider: |rider| format!("{rider} anao."),
    link: "Kiungo cha rider",
    link_hint: "Bonyeza na ushikilie kukinakili. Aliye nacho anaona jina, mahali na simu ya mnunuzi, na anaweza kupokea pesa.",
    link_until: |until| format!("Kinafanya kazi hadi {until}, na kinaisha mzigo ukikabidhiwa au ukirudi."),
    no_link: "Kiungo kimepitwa na wakati. Tengeneza kingine.",
    locked: "Namba ya siri imekosewa mara tano. Muulize rider na mnunuzi kilichotokea, kisha tengeneza kiungo kingine: kinamruhusu rider ajaribu tena.",
    send: "Tuma kwa WhatsApp",
    call: "Mpigie rider",
    message: |number, area, link| format!("Oda {number}, {area}: {link}"),
    new_link: "Tengeneza kiungo kingine",
    new_link_text: "Kile cha awali kinaacha kufanya kazi mara moja.",
    failed_title: "Mzigo haukukabidhiwa",
    failed_press: "Iandike",
    failure_labels: &[("reason", "Kwa nini"), ("note", "Maelezo zaidi")],
    failure: |failure| (rider::words(Locale::Sw).failure)(failure),
    again_title: "Jaribu tena",
    again_text: "Safari inayofuata ina kiungo chake na namba yake ya siri; anachopata rider huyu kinahesabiwa pia.",
    back_title: "Mzigo umerudi dukani",
    back_text: "Oda inarudi kwenye kufungwa. Kutoka hapo inaweza kutoka tena, au kufutwa ili bidhaa zirudi kwenye rafu.",
    back: "Umerudi",
    is_back: "Safari moja ilishindikana, na mzigo umerudi. Mpe rider tena, au futa oda: bidhaa zinarudi kwenye rafu, na zilizolipwa zinarudi kwa mnunuzi.",
    call_off: "Futa oda",
    tries: "Safari",
    no_tries: "Hakuna aliyeubeba bado.",
    attempt: |attempt| format!("Safari ya {attempt}"),
    parcel: |status| match status {
        ParcelStatus::Pending | ParcelStatus::Accepted => "unasubiri",
        ParcelStatus::InTransit => "uko njiani",
        ParcelStatus::Delivered => "umefika",
        ParcelStatus::Failed => "haukukabidhiwa",
    },
    cost: |cost| format!("gharama {cost}"),
    stops_of: |rider| format!("Mizigo aliyo nayo {rider}"),
    stops_lead: "Kila kituo kina kiungo chake, kinachoisha na mzigo wake. Ujumbe mmoja unatuma vyote.",
    no_stops: "Rider huyu hana mzigo sasa.",
    send_all: "Tuma viungo vyote kwa WhatsApp",
    hello: |shop| format!("Kutoka {shop}:"),
    open_link: "Fungua ukurasa wake",
    too_old: "Kiungo kimepitwa na wakati: tengeneza kingine kwenye ukurasa wa oda.",
    to_board: "Mizigo",
    figures: "Ada na gharama",
    figures_lead: "Walicholipa wanunuzi kwa usafirishaji na ulichowalipa marider na washirika wa usafirishaji, kwa mizigo iliyotoka siku 30 zilizopita. Oda zilizofutwa zinahesabiwa kwa gharama tu.",
    figures_none: "Hakuna mzigo uliotoka siku 30 zilizopita.",
    by_area: "Kwa eneo",
    by_order: "Oda za mwisho",
    area: "Eneo",
    orders: "Oda",
    order: "Oda",
    failed: "Safari zilizoshindikana",
    tried: "Safari",
    charged: "Wanunuzi walilipa",
    you_paid: "Ulilipa",
    left: "Imebaki",
};
