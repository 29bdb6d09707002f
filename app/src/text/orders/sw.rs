//! Orders in Swahili.

use super::OrdersWords;
use duka::orders::{channel::Channel, status::OrderStatus};

const fn status(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Pending => "mpya",
        OrderStatus::AwaitingPayment => "inasubiri malipo",
        OrderStatus::Paid => "ya kufunga",
        OrderStatus::Packing => "inafungwa",
        OrderStatus::Dispatched => "imetumwa",
        OrderStatus::Delivered => "imefika",
        OrderStatus::Cancelled => "imefutwa",
        OrderStatus::Refunded => "pesa zimerudishwa",
    }
}

pub const WORDS: OrdersWords = OrdersWords {
    search_hint: "Nambari, jina, simu au risiti ya M-Pesa",
    found: |count| format!("oda {count}"),
    found_many: |count| format!("oda {count} au zaidi"),
    none: "Bado hakuna oda",
    none_text: "Tuma anwani ya duka lako kwa WhatsApp. Oda ya kwanza itaonekana hapa mara tu inapowekwa.",
    none_here: "Hakuna oda inayolingana. Jaribu nambari, jina, simu au risiti ya M-Pesa.",
    order: "Oda",
    customer: "Mteja",
    area: "Eneo",
    payment: "Malipo",
    placed: "Iliwekwa",
    more_filters: "Chuja zaidi",
    paid: "Pesa",
    channel: "Ilikotoka",
    channels: |channel| match channel {
        Channel::Web => "Kurasa za duka",
        Channel::Whatsapp => "WhatsApp",
        Channel::Phone => "Kwa simu",
        Channel::Market => "Sokoni",
        Channel::Chat => "Kwa chat",
    },
    from_day: "Kuanzia",
    to_day: "Hadi",
    tag: "Lebo",
    any: "Yoyote",
    show: "Onyesha",
    notes_count: |count| if count == 1 { "dokezo 1".into() } else { format!("madokezo {count}") },
    news: "Kuna mabadiliko: oda imeingia, imelipwa au imesogezwa.",
    show_news: "Onyesha",
    enter_order: "Andika oda",
    choose: |number| format!("Chagua oda {number}"),
    with_chosen: "Oda ulizochagua",
    move_to: |to| match to {
        OrderStatus::Packing => "Kubali na ufunge",
        OrderStatus::Dispatched => "Imetumwa",
        OrderStatus::Delivered => "Imefika",
        other => status(other),
    },
    print_slips: "Karatasi za vifurushi",
    print_picking: "Orodha ya kuchukua",
    moved_title: |moved, all| match moved {
        0 => "Hakuna iliyosogezwa".to_owned(),
        moved if moved == all => format!("{moved} kati ya {all} zimesogezwa"),
        moved => format!("{moved} kati ya {all} zimesogezwa. Nyingine zimebaki zilivyokuwa"),
    },
    moved: |to| format!("sasa {}", status(to)),
    there: |to| format!("tayari ilikuwa {}", status(to)),
    not_paid: "Imebaki: mnunuzi bado hajalipa.",
    gone: "Imebaki: mtu mwingine ameibadilisha sasa hivi. Iangalie tena.",
    unknown_order: "Oda ambayo haipo hapa",
    nothing_chosen: "Hakuna kilichosogezwa: chagua oda kwanza.",
    too_many: "Hakuna kilichosogezwa: oda 50 tu kwa mara moja.",
    unreadable: "Hakuna kilichosogezwa: orodha haikusomeka. Fungua tena.",
    notes_title: |number| format!("Madokezo ya oda {number}"),
    notes: "Madokezo",
    no_notes: "Bado hakuna kilichoandikwa hapa.",
    notes_lead: "Ni timu yako tu inaona haya. Dokezo hubaki lilivyoandikwa.",
    new_note: "Dokezo jipya",
    write: "Ongeza dokezo",
    tags: "Lebo",
    tags_hint: "Maneno yako, na koma katikati: zawadi, piga simu kwanza. Zisizidi 10.",
    too_many_notes: "Oda hii ina madokezo mengi kiasi kinachoruhusiwa. Hakuna kilichoandikwa.",
    too_many_tags: "Lebo zisizidi 10, tafadhali.",
    tag_too_long: "Lebo moja isizidi herufi 30.",
    cancel_title: |number| format!("Futa oda {number}"),
    cancel_lead: "Oda inafungwa, na hakuna anayeweza kuilipa tena.",
    parcel_elsewhere: |carrier, code| {
        format!(
            "Kifurushi chake kiko kwa {carrier}, nambari {code}. Hakifutwi pamoja na oda: waambie pia, la sivyo utakilipia."
        )
    },
    cannot_cancel: |status| match status {
        OrderStatus::Dispatched => {
            "Oda hii iko njiani. Bidhaa zikirudi, irudishe kwenye kufunga; kisha unaweza kuifuta."
        }
        OrderStatus::Delivered => "Oda hii imefika. Ili kupokea bidhaa zikirudishwa, rudisha pesa badala yake.",
        _ => "Oda hii imefungwa tayari.",
    },
    owner_only: "Oda hii imelipiwa, na kurudisha pesa ni kazi ya mwenye duka. Mwambie aifute.",
    goods_return: "Bidhaa zake zinaweza kununuliwa na wengine mara moja.",
    goods_title: "Bidhaa zinazorudi kwenye rafu",
    pieces: |pieces, name| format!("{pieces} × {name}"),
    reason: "Sababu",
    reason_hint: "Inabaki kwenye historia ya oda; timu yako tu inaisoma.",
    reason_hint_money: "Inabaki kwenye historia ya oda, na kwenye barua pepe kwa mnunuzi kuhusu pesa zake.",
    goes_back: |sum| format!("{sum} zililipwa na zinarudi kwa mnunuzi."),
    nothing_goes_back: "Hakuna kilicholipwa, kwa hivyo hakuna kinachorudi.",
    cancel: "Futa oda",
    cancel_and_refund: |sum| format!("Futa na urudishe {sum}"),
    cancel_moved: "Mtu amebadilisha oda hii, au pesa zimeingia au kutoka. Hakuna kilichofutwa. Iangalie tena.",
    restock_wrong: "Vipande hivi viko kwenye rafu tayari, au havikutoka.",
    slips_title: "Karatasi za vifurushi",
    picking_title: "Orodha ya kuchukua",
    print_text: "Chapisha kwa menyu ya kivinjari chako; orodha yenyewe tu ndiyo inatoka kwenye karatasi.",
    slip_of: |number| format!("Oda {number}"),
    collect: |sum| format!("Pokea {sum}"),
    nothing_to_collect: "Imelipwa. Hakuna cha kupokea.",
    for_orders: |numbers| format!("Kwa oda {numbers}"),
    pieces_in_all: |pieces| {
        if pieces == 1 { "kipande 1 kwa jumla".into() } else { format!("vipande {pieces} kwa jumla") }
    },
    nothing_to_print: "Chagua oda kwenye orodha kwanza, zisizidi 50.",
    back_to_list: "Rudi kwenye orodha",
};
