//! The words of text messages, in the languages of the centre, and what stands in them for one traveller.

use events::message::MessageKind;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Every kind of message there is.
pub const KINDS: [MessageKind; 5] = [
    MessageKind::NoAnswer,
    MessageKind::Day2,
    MessageKind::Day5,
    MessageKind::GuidanceAfterCall,
    MessageKind::LanguageBarrier,
];

macro_rules! written_in {
    ($($language:literal),*) => {
        [$(($language, include_str!(concat!("../../reference/messages/", $language, ".json")))),*]
    };
}

/// The files, one a language.
const FILES: [(&str, &str); 9] = written_in!("ar", "en", "lt", "nb", "pl", "ro", "ru", "so", "ur");

/// The centre's lines, by the language that is spoken on them.
const LINES: [(&str, &str); 9] = [
    ("nb", "+47 21 89 80 50"),
    ("en", "+47 21 89 80 51"),
    ("pl", "+47 21 89 80 52"),
    ("lt", "+47 21 89 80 53"),
    ("ro", "+47 21 89 80 54"),
    ("ru", "+47 21 89 80 55"),
    // Without spaces: between words that run from right to left the groups would change places.
    ("ar", "+4721898056"),
    ("ur", "+4721898057"),
    ("so", "+47 21 89 80 58"),
];

/// Texts of one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    language: String,
    version: u32,
    texts: BTreeMap<MessageKind, String>,
}

static TEXTS: LazyLock<BTreeMap<&'static str, Written>> = LazyLock::new(|| {
    // A test reads every file; one that could not be read would be missed there.
    let read = |(language, file): &(&'static str, &str)| {
        let written: Written = serde_json::from_str(file).ok()?;
        (written.language == *language).then_some((*language, written))
    };
    FILES.iter().filter_map(read).collect()
});

/// What stands in the text for one traveller.
pub struct Particulars<'a> {
    /// The last day of the quarantine.
    pub ends: Date,
    /// The first day on which a test may end it.
    pub test_from: Date,
    /// Where there is more to read.
    pub link: &'a str,
}

/// Whether there are texts in a language.
pub fn is_written(language: &str) -> bool {
    TEXTS.contains_key(language)
}

/// The version of the texts of a language.
pub fn version(language: &str) -> u32 {
    TEXTS.get(language).map_or(0, |written| written.version)
}

/// The text of a message; `None` when there is none in this language.
pub fn render(kind: MessageKind, language: &str, particulars: &Particulars<'_>) -> Option<String> {
    let text = TEXTS.get(language)?.texts.get(&kind)?;
    let line = LINES.iter().find(|(of, _)| *of == language).map(|(_, line)| *line)?;
    let text = text
        .replace("{ends}", &day(language, particulars.ends))
        .replace("{test_from}", &day(language, particulars.test_from))
        .replace("{phone}", line)
        .replace("{link}", particulars.link);
    Some(text)
}

/// A day as it is written in a language.
pub fn day(language: &str, date: Date) -> String {
    let (day, month) = (date.day(), usize::from(date.month().unsigned_abs()) - 1);
    match language {
        "nb" => format!("{day}. {}", NB[month]),
        "pl" => format!("{day} {}", PL[month]),
        "lt" => format!("{} {day} d.", LT[month]),
        "ro" => format!("{day} {}", RO[month]),
        "ru" => format!("{day} {}", RU[month]),
        "ar" => format!("{day} {}", AR[month]),
        "ur" => format!("{day} {}", UR[month]),
        "so" => format!("{day} {}", SO[month]),
        _ => format!("{day} {}", EN[month]),
    }
}

const NB: [&str; 12] = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
];
const EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const PL: [&str; 12] = [
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
];
const LT: [&str; 12] = [
    "sausio",
    "vasario",
    "kovo",
    "balandžio",
    "gegužės",
    "birželio",
    "liepos",
    "rugpjūčio",
    "rugsėjo",
    "spalio",
    "lapkričio",
    "gruodžio",
];
const RO: [&str; 12] = [
    "ianuarie",
    "februarie",
    "martie",
    "aprilie",
    "mai",
    "iunie",
    "iulie",
    "august",
    "septembrie",
    "octombrie",
    "noiembrie",
    "decembrie",
];
const RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const AR: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const UR: [&str; 12] =
    ["جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"];
const SO: [&str; 12] = [
    "Jannaayo",
    "Febraayo",
    "Maarso",
    "Abriil",
    "Maajo",
    "Juun",
    "Luulyo",
    "Agoosto",
    "Sebtembar",
    "Oktoobar",
    "Nofembar",
    "Disembar",
];

/// How a text travels: in which alphabet, and in how many parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Whether every sign is in the telephone's own alphabet of seven bits.
    pub is_gsm: bool,
    /// Parts that are sent, and paid for.
    pub count: usize,
}

/// Signs of the telephone's own alphabet.
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ\
    ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Signs that take two places in it.
const GSM_TWICE: &str = "\u{c}^{}\\[~]|€";
/// Places in a text of one part, and in each of several, by alphabet.
const GSM_PLACES: (usize, usize) = (160, 153);
const UCS2_PLACES: (usize, usize) = (70, 67);

/// How a text travels.
pub fn parts(text: &str) -> Parts {
    let place = |c: char| match c {
        _ if GSM.contains(c) => Some(1),
        _ if GSM_TWICE.contains(c) => Some(2),
        _ => None,
    };
    let gsm: Option<Vec<usize>> = text.chars().map(place).collect();
    let is_gsm = gsm.is_some();
    let (places, (whole, part)) = match gsm {
        Some(places) => (places, GSM_PLACES),
        None => (text.chars().map(char::len_utf16).collect(), UCS2_PLACES),
    };
    if places.iter().sum::<usize>() <= whole {
        return Parts { is_gsm, count: 1 };
    }
    // A sign of two places is not divided between parts.
    let (mut count, mut used) = (1, 0);
    for places in places {
        if used + places > part {
            (count, used) = (count + 1, 0);
        }
        used += places;
    }
    Parts { is_gsm, count }
}

#[cfg(test)]
#[path = "message_texts_tests.rs"]
mod tests;
