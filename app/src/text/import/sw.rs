//! Words of files in Swahili.

use super::{ImportWords, remarks_sw::told};
use duka::catalog::import::{ImportRefusal as Refusal, runs::RunStatus as Status};

pub const WORDS: ImportWords = ImportWords {
    title: "Ingiza bidhaa",
    lead: "Faili ya bidhaa kutoka Shopify, WooCommerce au Duka, au jedwali lolote lenye majina na bei. Kwanza inajaribiwa tu: unaona kitakachotokea kabla chochote hakijabadilika.",
    file: "Faili",
    file_hint: "CSV, isizidi MiB 64 na mistari 100,000.",
    format: "Ni faili ya nani?",
    format_auto: "Tambua kwa safu zake",
    rate: "Kiwango cha bei za kigeni",
    rate_hint: "Kipimo kimoja ni shilingi ngapi, kwa mfano 129.50. Acha wazi kama bei ziko kwa shilingi.",
    look_first: "Pakia na ujaribu",
    former: "Faili za awali",
    none_yet: "Bado hakuna faili iliyoingizwa.",
    export_title: "Toa bidhaa",
    export_text: "Kila kitu dukani kwenye faili moja, pamoja na idadi na gharama yako. Inaweza kuingizwa tena bila kubadilisha chochote.",
    export: "Pakua bidhaa",
    back: "Rudi kwa faili",
    status: |status| match status {
        Status::Uploaded => "Inasubiri safu zake",
        Status::Checking => "Inajaribiwa",
        Status::Checked => "Tayari kuingizwa",
        Status::Waiting => "Inasubiri zamu",
        Status::Running => "Inaingizwa",
        Status::Succeeded => "Imekamilika",
        Status::Failed => "Haikuchukuliwa",
        Status::Cancelled => "Imesimamishwa",
    },
    explain: |status| match status {
        Status::Uploaded => "Sema hapa chini safu ni za nini. Hakuna kilichobadilika dukani.",
        Status::Checking => "Hakuna kinachobadilika dukani. Unaweza kuondoka na kurudi baadaye.",
        Status::Checked => "Bado hakuna kilichobadilika dukani. Angalia ripoti, kisha uiingize.",
        Status::Waiting => "Itaanza mara tu faili nyingine itakapomaliza. Unaweza kuondoka kwenye ukurasa huu.",
        Status::Running => "Unaweza kuondoka na kurudi baadaye. Kila bidhaa inaingia nzima au haiingii kabisa.",
        Status::Succeeded => "Kila kilichoweza kuchukuliwa kiko dukani.",
        Status::Failed => "Hakuna kilichoingizwa.",
        Status::Cancelled => {
            "Vilivyoingia kufikia hapo vinabaki dukani, kila bidhaa nzima. Faili hiyo hiyo tena itaendelea na zilizobaki."
        }
    },
    nothing_to_take: "Hakuna kinachoweza kuchukuliwa. Ripoti inasema tatizo: rekebisha faili uipakie tena.",
    stopping: "Itasimama baada ya bidhaa zinazoandikwa sasa.",
    rows_done: |done, total| format!("mistari {done} kati ya {total}"),
    sums: |sums| {
        format!(
            "mpya {}, zilizobadilika {}, kama awali {}, hazikuchukuliwa {}",
            sums.created, sums.updated, sums.unchanged, sums.refused
        )
    },
    would_be: "Itakuwa:",
    import: "Iingize",
    cancel: "Simamisha",
    report: "Pakua ripoti",
    to_products: "Tazama bidhaa",
    notes: |count| if count == 1 { "Maelezo 1".to_owned() } else { format!("Maelezo {count}") },
    first_notes: |count| format!("{count} za kwanza ziko hapa; ripoti ina zingine."),
    line: "Mstari",
    column: "Safu",
    says: "Imeandikwa",
    wrong: "Tatizo",
    remark: told,
    refused: "haikuchukuliwa",
    refreshes: "Ukurasa huu unajiangalia upya kila sekunde chache.",
    removed: "Faili na ripoti yake zimeondolewa: duka huhifadhi faili hamsini za mwisho, kwa siku 30.",
    columns_title: "Safu hizi ni za nini?",
    columns_lead: "Jina na bei zinahitajika. Utakachoacha hakitasomwa.",
    ignore: "Iache",
    try_it: "Jaribu",
    field: |field| match field {
        "slug" => "Anwani ya bidhaa",
        "name" => "Jina",
        "price" => "Bei",
        "was" => "Bei ya awali",
        "cost" => "Ilikugharimu",
        "stock" => "Idadi iliyopo",
        "sku" => "SKU",
        "barcode" => "Msimbo pau",
        "category" => "Kundi",
        "brand" => "Chapa",
        "description" => "Maelezo",
        "tags" => "Lebo",
        "status" => "Hali",
        "published" => "Imechapishwa",
        "weight" => "Uzito kwa gramu",
        "limit" => "Kikomo cha kukaribia kuisha",
        "option1_name" => "Chaguo la kwanza: jina",
        "option1_value" => "Chaguo la kwanza: thamani",
        "option2_name" => "Chaguo la pili: jina",
        "option2_value" => "Chaguo la pili: thamani",
        "option3_name" => "Chaguo la tatu: jina",
        "option3_value" => "Chaguo la tatu: thamani",
        "picture" => "Picha",
        "picture_alt" => "Maneno ya picha",
        "variant_picture" => "Picha ya aina hii",
        "active" => "Inaweza kununuliwa",
        "position" => "Nafasi kwenye orodha",
        "seo_title" => "Kichwa cha injini za utafutaji",
        "seo_description" => "Maneno ya injini za utafutaji",
        _ => "",
    },
    choose_file: "Chagua faili. Hakuna kilichopakiwa.",
    not_a_rate: "Kiwango ni nambari kama 129.50. Hakuna kilichopakiwa.",
    too_many_files: "Tayari faili hamsini zinashughulikiwa. Jaribu tena moja ikimalizika.",
    refusal: |refusal| match refusal {
        Refusal::TooLarge => {
            "Faili inazidi MiB 64. Hakuna kilichobadilika; igawe na uingize sehemu moja moja.".to_owned()
        }
        Refusal::TooManyRows => {
            "Faili ina zaidi ya mistari 100,000. Hakuna kilichobadilika; igawe na uingize sehemu moja moja.".to_owned()
        }
        Refusal::TooManyColumns => "Faili ina zaidi ya safu 300. Hakuna kilichobadilika; ondoa usizohitaji.".to_owned(),
        Refusal::Empty => "Faili ni tupu. Hakuna kilichobadilika.".to_owned(),
        Refusal::NoRows => "Faili ina vichwa tu na haina mistari. Hakuna kilichobadilika.".to_owned(),
        Refusal::Unreadable => "Faili haisomeki. Hakuna kilichobadilika; ipakie tena.".to_owned(),
        Refusal::NotText { line } => format!(
            "Faili si maandishi yanayosomeka: mstari {line} una herufi isiyojulikana. Hakuna kilichobadilika; ihifadhi kama “CSV UTF-8” na uipakie tena."
        ),
        Refusal::Workbook => {
            "Hili ni faili la Excel lenyewe. Hakuna kilichobadilika; lihifadhi kama “CSV UTF-8” kisha ulipakie hilo."
                .to_owned()
        }
        Refusal::UnknownColumns => {
            "Safu zake si za muundo wowote unaojulikana hapa. Hakuna kilichobadilika.".to_owned()
        }
        Refusal::MappingIncomplete => "Sema safu ipi ni jina na ipi ni bei. Hakuna kilichobadilika.".to_owned(),
        Refusal::MissingColumns { format, columns } => format!(
            "Faili ya bidhaa ya {} ina safu {}, na hii haina. Hakuna kilichobadilika.",
            format.name(),
            columns.join(", ")
        ),
        Refusal::ColumnTwice(name) => format!("Safu {name} iko au imesemwa mara mbili. Hakuna kilichobadilika."),
        Refusal::OtherCurrency(code) => {
            format!("Duka linauza kwa {code}; faili zinaingizwa kwa shilingi za Kenya tu. Hakuna kilichobadilika.")
        }
        Refusal::NoSuchStore => "Hakuna duka kama hilo.".to_owned(),
        Refusal::Busy => "Faili nyingine inaingizwa. Hakuna kilichobadilika; jaribu tena ikimaliza.".to_owned(),
        Refusal::Cancelled => {
            "Mtu aliisimamisha. Vilivyoingia ni vizima; faili hiyo hiyo tena itaendelea na zilizobaki.".to_owned()
        }
        Refusal::Stopped(_) => "Imesimama yenyewe. Vilivyoingia ni vizima; itaendelea hivi karibuni.".to_owned(),
    },
};
