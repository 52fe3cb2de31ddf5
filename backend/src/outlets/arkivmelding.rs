//! `arkivmelding.xml`: what the receiver's archive needs to file a referral (Noark 5, version 3.1, as eFormidling takes
//! it). Its public title says nothing: the message service keeps it in the clear.

use super::referral_document::LeavingFile;
use crate::rules::moments::norwegian_day_of;
use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;
use uuid::Uuid;

/// Name of the file.
pub const NAME: &str = "arkivmelding.xml";

const NAMESPACE: &str = "http://www.arkivverket.no/standarder/noark5/arkivmelding";
const TYPES: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// Who stands in the archive for everybody at the centre.
const CENTRE: &str = "Nasjonalt kontrollsenter for innreisende";
const RECEIVER: &str = "Arbeidstilsynet";
const TITLE: &str = "Melding om mulig svikt hos arbeidsgiver i innreisekarantene";
const PUBLIC_TITLE: &str = "Melding fra Nasjonalt kontrollsenter for innreisende";

type Xml = Writer<Vec<u8>>;

/// What is filed.
pub struct Filed<'a> {
    /// The referral: the case.
    pub referral: Uuid,
    /// The message: the record in the case.
    pub message: Uuid,
    /// When it was made.
    pub at: Timestamp,
    /// The documents, the main one first.
    pub files: &'a [LeavingFile],
}

/// The file.
pub fn render(filed: &Filed<'_>) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element("arkivmelding")
        .with_attributes([("xmlns", NAMESPACE), ("xmlns:xsi", TYPES)])
        .write_inner_content(|xml| {
            text(xml, "system", "Karanteneregisteret")?;
            text(xml, "meldingId", &filed.message.to_string())?;
            text(xml, "tidspunkt", &filed.at.to_string())?;
            text(xml, "antallFiler", &filed.files.len().to_string())?;
            case(xml, filed)
        })?;
    Ok(xml.into_inner())
}

fn case(xml: &mut Xml, filed: &Filed<'_>) -> io::Result<()> {
    let case = xml.create_element("mappe").with_attribute(("xsi:type", "saksmappe"));
    case.write_inner_content(|xml| {
        text(xml, "systemID", &filed.referral.to_string())?;
        text(xml, "tittel", TITLE)?;
        text(xml, "offentligTittel", PUBLIC_TITLE)?;
        made(xml, "opprettet", filed)?;
        shielded(xml)?;
        record(xml, filed)?;
        text(xml, "saksdato", &norwegian_day_of(filed.at).to_string())?;
        text(xml, "administrativEnhet", CENTRE)?;
        text(xml, "saksansvarlig", CENTRE)?;
        text(xml, "saksstatus", "Under behandling")
    })?;
    Ok(())
}

fn record(xml: &mut Xml, filed: &Filed<'_>) -> io::Result<()> {
    let record = xml.create_element("basisregistrering").with_attribute(("xsi:type", "journalpost"));
    record.write_inner_content(|xml| {
        text(xml, "systemID", &filed.message.to_string())?;
        made(xml, "opprettet", filed)?;
        made(xml, "arkivert", filed)?;
        text(xml, "referanseForelderMappe", &filed.referral.to_string())?;
        shielded(xml)?;
        for (place, file) in filed.files.iter().enumerate() {
            document(xml, filed, place, file)?;
        }
        text(xml, "tittel", TITLE)?;
        text(xml, "offentligTittel", PUBLIC_TITLE)?;
        text(xml, "journalposttype", "Utgående dokument")?;
        text(xml, "journalstatus", "Ekspedert")?;
        text(xml, "journaldato", &norwegian_day_of(filed.at).to_string())?;
        party(xml, "Avsender", CENTRE)?;
        party(xml, "Mottaker", RECEIVER)
    })?;
    Ok(())
}

fn document(xml: &mut Xml, filed: &Filed<'_>, place: usize, file: &LeavingFile) -> io::Result<()> {
    xml.create_element("dokumentbeskrivelse").write_inner_content(|xml| {
        let role = if place == 0 { "Hoveddokument" } else { "Vedlegg" };
        text(xml, "systemID", &document_id(filed.message, place).to_string())?;
        text(xml, "dokumenttype", "Melding")?;
        text(xml, "dokumentstatus", "Dokumentet er ferdigstilt")?;
        text(xml, "tittel", &file.title)?;
        made(xml, "opprettet", filed)?;
        text(xml, "tilknyttetRegistreringSom", role)?;
        text(xml, "dokumentnummer", &(place + 1).to_string())?;
        made(xml, "tilknyttet", filed)?;
        xml.create_element("dokumentobjekt").write_inner_content(|xml| {
            text(xml, "versjonsnummer", "1")?;
            text(xml, "variantformat", "Produksjonsformat")?;
            made(xml, "opprettet", filed)?;
            text(xml, "referanseDokumentfil", file.name)
        })?;
        Ok(())
    })?;
    Ok(())
}

/// An id of its own for each document of a message, the same each time it is written.
fn document_id(message: Uuid, place: usize) -> Uuid {
    Uuid::from_u128(message.as_u128() ^ (place as u128 + 1))
}

/// `…Dato` and `…Av`. No name of anybody at the centre.
fn made(xml: &mut Xml, what: &str, filed: &Filed<'_>) -> io::Result<()> {
    text(xml, &format!("{what}Dato"), &filed.at.to_string())?;
    text(xml, &format!("{what}Av"), CENTRE)
}

/// Kept from the public: it tells of persons.
fn shielded(xml: &mut Xml) -> io::Result<()> {
    xml.create_element("skjerming").write_inner_content(|xml| {
        text(xml, "tilgangsrestriksjon", "Unntatt offentlighet")?;
        text(xml, "skjermingshjemmel", "Offentleglova § 13, jf. forvaltningsloven § 13")?;
        text(xml, "skjermingMetadata", "tittel")?;
        text(xml, "skjermingDokument", "Skjerming av hele dokumentet")
    })?;
    Ok(())
}

fn party(xml: &mut Xml, kind: &str, name: &str) -> io::Result<()> {
    xml.create_element("korrespondansepart").write_inner_content(|xml| {
        text(xml, "korrespondanseparttype", kind)?;
        text(xml, "korrespondansepartNavn", name)
    })?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(value))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::Reader;

    fn rendered() -> String {
        let file = |name, content: &str| LeavingFile {
            name,
            media_type: "text/plain",
            title: "Melding <1> & mer".to_owned(),
            content: content.into(),
        };
        let files = [file("melding.txt", "Nordfjord"), file("melding.json", "{}")];
        let (referral, message) = (Uuid::from_u128(1 << 64), Uuid::from_u128(2 << 64));
        let at = "2021-03-17T23:30:00Z".parse().unwrap();
        String::from_utf8(render(&Filed { referral, message, at, files: &files }).unwrap()).unwrap()
    }

    /// Paths of all elements, in order.
    fn paths(xml: &str) -> Vec<String> {
        let mut reader = Reader::from_str(xml);
        let (mut open, mut paths): (Vec<String>, Vec<String>) = Default::default();
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(start) => {
                    open.push(String::from_utf8(start.name().as_ref().to_vec()).unwrap());
                    paths.push(open.join("/"));
                }
                Event::End(_) => drop(open.pop()),
                Event::Eof => return paths,
                _ => {}
            }
        }
    }

    #[test]
    fn one_case_with_one_record_and_every_document_in_it() {
        let xml = rendered();
        let paths = paths(&xml);
        let count = |path: &str| paths.iter().filter(|known| *known == path).count();
        assert_eq!(count("arkivmelding/mappe"), 1);
        assert_eq!(count("arkivmelding/mappe/basisregistrering"), 1);
        let file =
            "arkivmelding/mappe/basisregistrering/dokumentbeskrivelse/dokumentobjekt/referanseDokumentfil";
        assert_eq!(count(file), 2);
        assert!(xml.contains("<antallFiler>2</antallFiler>"), "{xml}");
        assert!(xml.contains("<saksdato>2021-03-18</saksdato>"), "the day in Norway: {xml}");
        assert!(xml.contains("Melding &lt;1&gt; &amp; mer"), "{xml}");
        assert!(!xml.contains("Nordfjord"), "the file tells how to file, not what is filed");
    }

    #[test]
    fn elements_stand_in_the_order_of_the_schema() {
        let paths = paths(&rendered());
        let inside = |parent: &str| -> Vec<&str> {
            let children = paths.iter().filter_map(|path| path.strip_prefix(&format!("{parent}/")));
            children.filter(|rest| !rest.contains('/')).collect()
        };
        assert_eq!(
            inside("arkivmelding/mappe"),
            [
                "systemID",
                "tittel",
                "offentligTittel",
                "opprettetDato",
                "opprettetAv",
                "skjerming",
                "basisregistrering",
                "saksdato",
                "administrativEnhet",
                "saksansvarlig",
                "saksstatus",
            ]
        );
        assert_eq!(
            inside("arkivmelding/mappe/basisregistrering"),
            [
                "systemID",
                "opprettetDato",
                "opprettetAv",
                "arkivertDato",
                "arkivertAv",
                "referanseForelderMappe",
                "skjerming",
                "dokumentbeskrivelse",
                "dokumentbeskrivelse",
                "tittel",
                "offentligTittel",
                "journalposttype",
                "journalstatus",
                "journaldato",
                "korrespondansepart",
                "korrespondansepart",
            ]
        );
    }
}
