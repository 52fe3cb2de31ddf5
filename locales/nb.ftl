# Bokmål. The three files have the same keys in the same order. Plain and short: what happened, what to do.

## The product and the frame
product = Kontrollsenteret
skip-link = Hopp til innholdet
nav-label = Hovedmeny
nav-municipality = Kommunen
nav-entries = Innreiser
nav-call = Ring
nav-board = Tavle
nav-workbench = Nasjonalt arbeidsbord
nav-register = Registerets tilstand
nav-retention = Sletting
preferences-label = Innstillinger og bruker
preferences-open = Innstillinger
language-label = Språk
scheme-label = Farger
scheme-light = Lyse
scheme-dark = Mørke
scheme-auto = Som enheten
shortcuts-open = Hurtigtaster
log-out = Logg ut
demo-note = Demo: alle personer er oppdiktet.
ten-days = Alt om en person slettes senest ti dager etter at innreisen ble registrert.
loading = Henter …
close = Lukk
cancel = Avbryt
back-to-entries = Til listen over innreiser
back-to-municipality = Til kommunens liste

## Whether news comes in
feed-label = Mottak og oppdatering
feed-last = Siste opplysning fra kilden: kl. { $time }
feed-last-day = Siste opplysning fra kilden: { $moment }
feed-none = Ingen opplysninger fra kilden ennå
feed-today = { $count ->
    [one] 1 innreise registrert i dag
   *[other] { $shown } innreiser registrert i dag
}
feed-lag = { $count ->
    [one] Listene ligger 1 hendelse etter
   *[other] Listene ligger { $shown } hendelser etter
}
feed-silent = { $count ->
    [one] Det har ikke kommet opplysninger fra kilden på 1 minutt. Si fra til skiftleder.
   *[other] Det har ikke kommet opplysninger fra kilden på { $shown } minutter. Si fra til skiftleder.
}
live-connecting = Kobler til …
live-on = Oppdateres fortløpende
live-retrying = Sist oppdatert { $time } – kobler til igjen

## Roles
role-caller = Veileder
role-shift-lead = Skiftleder
role-municipal-doctor = Kommunelege
role-delegate-with-health = Delegat med helsetilgang
role-delegate-without-health = Delegat uten helsetilgang
role-labour-inspector = Inspektør i Arbeidstilsynet
role-data-protection-officer = Personvernombud
role-machine = Maskin

## Log in
login-title = Logg inn
login-lead = Velg hvem du vil være. I demoen trengs ikke passord.
login-button = Logg inn som { $name }
login-missing-title = Innlogging er ikke satt opp
login-missing = Denne installasjonen har ingen innlogging ennå. Kontakt den som drifter registeret.
login-municipality = Kommune: { $name }
ended-title = Økten er over
ended-text = Du er logget ut. Det du har lagret, er trygt. Logg inn igjen for å fortsette.
ended-button = Logg inn igjen
ended-here-text = Logg inn igjen her, så fortsetter du der du var. Det du har skrevet, er ikke borte.
ended-here-other = Logger en annen inn, forsvinner det som ikke er lagret.
ended-elsewhere = Jeg har logget inn i en annen fane
denied-title = Du har ikke tilgang til denne siden
denied-text = Rollen din gir ikke tilgang hit. Trenger du tilgang, snakk med den som styrer tilgangene.

## Start page of roles with nothing to do yet
home-title = Velkommen
home-other = Rollen din har ingen oppgaver her ennå.

## The list
entries-title = Innreiser
entries-caption = Innreiser, { $from }
filter-label = Filtrer innreiser
filter-municipality = Ansvarlig kommune
filter-municipality-hint = Navn eller nummer
filter-municipality-unknown = Fant ingen kommune med dette navnet. Velg en fra listen.
filter-status = Oppfølging
filter-arrival-from = Ankomst fra
filter-arrival-to = Ankomst til
filter-language = Språk
filter-obligation = Plikt
filter-place = Karantenested
filter-employer = Arbeidsgivers organisasjonsnummer
filter-employer-wrong = Et organisasjonsnummer har ni sifre.
filter-unroutable = Uten ansvarlig kommune
filter-any = Alle
filter-more = Flere filtre
filter-active = Aktive filtre
filter-remove = Fjern filter: { $name }
filter-remove-all = Fjern alle filtre
chip = { $name }: { $value }
sort-label = Sortering
sort-arrival-descending = Siste ankomst først
sort-arrival-ascending = Første ankomst først
sort-registered-descending = Sist registrert først
sort-registered-ascending = Slettes først
counts-label = Antall etter oppfølging
counts-shown = { $count ->
    [one] Viser { $shown } av 1 innreise
   *[other] Viser { $shown } av { $total } innreiser
}
counts-all = Alle
status-not-set = Ikke satt
status-ok = OK
status-not-ok = Ikke OK
status-no-answer = Ikke svar
obligation-quarantine = Karantene
obligation-exempt = Unntak
obligation-unknown = Ukjent
column-arrival = Ankomst
column-name = Navn
column-birth-year = Født
column-phone = Telefon
column-municipality = Kommune
column-language = Språk
column-obligation = Plikt og sted
column-status = Oppfølging
column-flags = Avvik
column-ends = Slettes senest
column-matched = Funnet på
name-missing = Uten navn
phone-missing = Uten nummer
municipality-missing = Ingen ennå
not-told = Ikke oppgitt
flag-count = { $count ->
    [one] 1 avvik
   *[other] { $shown } avvik
}
page-next = Neste
page-previous = Forrige
page-label = Sider
page-number = Side { $shown }
list-new-rows = { $count ->
    [one] 1 ny – vis
   *[other] { $shown } nye – vis
}
list-changed-rows = Listen er endret – vis
list-announce-new = { $count ->
    [one] 1 ny innreise i listen
   *[other] { $shown } nye innreiser i listen
}
row-new = Ny
row-changed = Endret
empty-none-title = Ingen innreiser nå
empty-none = Nye innreiser dukker opp her av seg selv når kilden melder dem.
empty-filtered-title = Ingen innreiser passer filteret
empty-filtered = { $count ->
    [one] Det finnes 1 innreise uten filter. Fjern filteret for å se den.
   *[other] Det finnes { $shown } innreiser uten filter. Fjern et filter for å se flere.
}
empty-page-title = Denne siden er tom
empty-page = Innreisene her er slettet eller flyttet. Gå til første side.
empty-first-page = Til første side

## Failures
retry = Prøv igjen
failure-offline-title = Ingen kontakt med registeret
failure-offline = Sjekk nettet og prøv igjen. Ingenting er gått tapt.
failure-unreadable-title = Svaret kunne ikke leses
failure-unreadable = Feilen er vår. Prøv igjen om litt. Last siden på nytt hvis det ikke hjelper.
failure-reference = Referanse: { $reference }

## Search
search-label = Søk etter innreise
search-hint = Navn, fødselsnummer, telefon eller referansekode
search-button = Søk
search-title = Søk
search-idle-title = Søk etter en reisende
search-idle = Skriv i søkefeltet øverst. Navn kan være skrevet litt feil.
search-found = { $count ->
    [one] 1 treff
   *[other] { $shown } treff
}
search-more = Det finnes flere treff. Skriv mer for å snevre inn.
search-none-title = Ingen treff
search-none = Prøv færre ord, telefonnummer eller referansekode. Innreiser eldre enn ti dager er slettet.
search-caption = Treff, de beste først
matched-identity = Identitetsnummer
matched-reference-code = Referansekode
matched-phone = Telefon
matched-employer = Arbeidsgiver
matched-name = Navn
matched-name-prefix = Begynnelsen av navnet
matched-name-sound = Navn som ligner

## One entry
entry-title = Innreise
entry-not-found-title = Fant ikke innreisen
entry-not-found = Lenken er feil, eller innreisen hører til en kommune du ikke har tilgang til.
entry-ended-title = Innreisen er slettet
entry-ended = De ti dagene er over. Alt om innreisen er borte og kan ikke hentes fram.
entry-deleted-by = Slettes senest { $moment }
entry-deleted = Slettes senest
entry-days-left = { $count ->
    [0] mindre enn ett døgn igjen
    [one] 1 døgn igjen
   *[other] { $shown } døgn igjen
}
section-trip = Reisen
section-quarantine = Karantene
section-person = Personen
section-employer = Arbeidsgiver
section-flags = Avvik i opplysningene
section-party = Reisefølge
section-timeline = Hendelser
section-raw = Kildens opplysninger
fact-arrival = Ankomst
fact-registered = Registrert
fact-status = Oppfølging
fact-status-since = { $status }, satt { $moment }
fact-municipality = Ansvarlig kommune
fact-arrival-municipality = Kommune ved ankomst
fact-hotel-municipality = Hotellets kommune
fact-basis = Kommunen er funnet ved
basis-hotel = hotellets kommune under oppholdet
basis-destination = kommunen kilden oppgav
basis-postcode = postnummeret
basis-manual = avgjørelse ved arbeidsbordet
basis-unroutable = ikke funnet ennå
basis-declined = sendt tilbake av kommunen
fact-travel-method = Reisemåte
fact-travel-details = Rute eller kjennetegn
fact-departure = Reist fra
fact-transit = Reist gjennom
fact-travellers = Reiser sammen
fact-travellers-value = { $count ->
    [one] 1 person
   *[other] { $shown } personer
}
fact-under-16 = { $count ->
    [one] 1 under 16 år
   *[other] { $shown } under 16 år
}
fact-leisure = Fritidsreise
fact-necessary = Nødvendig reise
fact-border-crossed = Grensepassering
fact-border-station = Grensestasjon
fact-border-assessment = Vurdering ved grensen
fact-reference-codes = Referansekoder
fact-obligation = Plikt
fact-exemption = Unntak
fact-exemption-detail = Nærmere om unntaket
fact-place = Karantenested
fact-place-name = Stedets navn
fact-address = Adresse
fact-hotel-at-arrival = Hotell ved ankomst
fact-hotel-from = På hotell fra
fact-hotel-at-departure = Hotell ved avreise
fact-hotel-until = På hotell til
fact-birth-date = Født
fact-phones = Telefon
fact-phone-undiallable = { $given } (kan ikke ringes)
fact-email = E-post
fact-language = Språk
fact-residence = Bosted
fact-identities = Identitet
identity-national-identity-number = Fødselsnummer
identity-d-number = D-nummer
identity-common-auxiliary-number = Felles hjelpenummer
identity-passport = Pass
identity-unknown = Ukjent type
check-valid = kontrollsiffer stemmer
check-synthetic = syntetisk, bare for test
check-unchecked = ikke kontrollert
check-failed = kontrollsiffer er feil
fact-employer-name = Navn
fact-employer-number = Organisasjonsnummer
fact-employer-address = Adresse
fact-employer-contact = Kontaktperson
fact-employer-phone = Kontakttelefon
yes = Ja
no = Nei
flag-line = { $field }: { $reason }
flag-unknown-code = koden finnes ikke i noen kodeliste
flag-unknown-value = verdien er ikke blant de avtalte
flag-unknown-field = feltet er ikke avtalt
flag-not-a-number = er ikke et tall
flag-not-a-date = er ikke en dato
flag-implausible-date = datoen kan ikke stemme
flag-undiallable-phone = nummeret kan ikke ringes
flag-failed-identity-check = kontrollsifferet er feil
flag-conflicting-identity = identitetene motsier hverandre
flag-failed-org-number-check = organisasjonsnummeret har feil kontrollsiffer
flag-unknown-postcode = postnummeret fantes ikke da
flag-unknown-municipality = kommunen fantes ikke da
flag-conflicting-municipality = to felt oppgir ulike kommuner
flag-damaged-text = teksten ser ødelagt ut
party-none = Ingen andre er kjent i reisefølget.
party-caption = Andre i reisefølget
timeline-registered = Registrert
timeline-registered-code = Referansekode { $code }
timeline-updated = Oppdatert fra kilden
timeline-joined = Samme reise under en ny referansekode
timeline-routed = Kommune valgt: { $municipality }
timeline-declined = Kommunen { $municipality } sendte innreisen tilbake
timeline-reason = Begrunnelse: { $reason }
timeline-end-requested = Bedt slettet før fristen
timeline-end-withdrawn = Sletting før fristen er avvist eller trukket
timeline-end-confirmed = Sletting før fristen er godkjent
timeline-dialled-outbound = Ringte { $phone }
timeline-dialled-inbound = Ble oppringt fra { $phone }
timeline-concluded = Resultat av samtalen
timeline-corrected = Resultatet er rettet
timeline-corrected-former = Det tidligere resultatet står lenger opp.
timeline-undone = Resultatet ble angret med en gang
timeline-skipped = Veilederen ga kortet tilbake
timeline-directed-as-policy = Køplass: som vanlig
timeline-directed-first = Køplass: satt først
timeline-directed-to = Køplass: gitt til { $name }
timeline-directed-set-aside = Køplass: lagt til side til { $moment }
timeline-reviewed-good = Samtalen ble sett gjennom og var som den skal
timeline-reviewed-other = Samtalen ble sett gjennom og kunne vært bedre
timeline-number-wrong = { $phone } tilhører noen andre
timeline-message-ordered = SMS bestilt: { $message } ({ $language })
timeline-message-accepted = SMS er sendt
timeline-message-delivered = SMS er levert
timeline-message-failed = SMS kom ikke fram
timeline-message-invalid-recipient = Nummeret kan ikke ta imot SMS
timeline-message-unknown = Det er ukjent om SMS-en kom fram
timeline-message-stopped = SMS ble stoppet: { $why }
outcome-hidden = Du har ikke tilgang til innholdet.
outcome-employer = Arbeidsgiver kan ha sviktet
outcome-call-back = Ring igjen: { $moment }
outcome-language = Trenger språk: { $language }
outcome-note = Merknad: { $note }
outcome-answers = Svar på spørsmålene
contact-answered = Svarte
contact-no-answer = Svarte ikke
contact-busy = Opptatt
contact-voicemail-left = Telefonsvarer, la igjen beskjed
contact-wrong-number = Feil nummer
contact-number-not-in-service = Nummeret er ikke i bruk
contact-language-barrier = Ikke noe felles språk
contact-refused = Ville ikke snakke
contact-call-back-requested = Vil bli ringt senere
contact-hung-up = La på
contact-third-party = En annen tok telefonen
assessment-understands-and-complies = Kjenner reglene og følger dem
assessment-needed-guidance-now-complies = Trengte veiledning, følger dem nå
assessment-suspected-breach = Mistanke om brudd
assessment-exempt-confirmed = Har unntak
assessment-left-country = Har reist ut av Norge
assessment-not-travelled = Kom aldri til Norge
assessment-positive-referred-to-municipality = Har testet positivt, kommunen følger opp
assessment-unable-to-assess = Kan ikke vurderes
breach-not-at-place = Er ikke på karantenestedet
breach-working = Er på jobb blant andre
breach-receives-visitors = Får besøk
breach-shared-room = Deler soverom
breach-shared-facilities = Deler bad eller kjøkken med andre
breach-among-people = Er blant folk eller bruker kollektivtransport
breach-test-not-taken = Har ikke tatt testen
breach-other = Noe annet (skriv hva i merknaden)
skip-knows-the-traveller = Jeg kjenner den reisende
skip-language-not-spoken = Jeg snakker ikke språket
skip-just-spoken-with = Noen har nettopp snakket med den reisende
skip-card-looks-wrong = Kortet kan ikke stemme. Skiftleder må se på det
skip-shift-ends = Vakten min er over
message-day-2 = andre karantenedag
message-day-5 = femte karantenedag
message-no-answer = vi ringte, og ingen svarte
message-guidance-after-call = veiledning etter samtalen
message-language-barrier = en som kan språket, ringer
stop-out-of-scope = den reisende skal ikke følges opp lenger
stop-handed-over = kommunen har overtatt
stop-quarantine-over = karantenen er over
stop-wrong-number = nummeret tilhører noen andre
timeline-by = av { $actor }
timeline-change-caption = Endrede felt
timeline-field = Felt
timeline-before = Før
timeline-after = Etter
timeline-empty = tomt
actor-feed = kilden
actor-file = fil
actor-demo = demoen
raw-lead = Slik kilden sendte dem, eldste først. Oppslaget logges.
raw-record = Opplysning { $shown }
raw-field = Felt
raw-value = Verdi

## The national workbench
workbench-title = Nasjonalt arbeidsbord
workbench-lead = Disse innreisene har ingen ansvarlig kommune. De som slettes først, står øverst.
workbench-caption = Innreiser uten ansvarlig kommune
workbench-total = { $count ->
    [one] 1 innreise venter
   *[other] { $shown } innreiser venter
}
workbench-empty-title = Alle innreiser har en kommune
workbench-empty = Nye innreiser uten kommune dukker opp her av seg selv.
workbench-address = Adresse slik den ble oppgitt
workbench-postcode = Postnummer
workbench-suggestions = Forslag
workbench-no-suggestions = Ingen
workbench-declined = Sendt tilbake av { $municipality } { $moment } ({ $name }): { $reason }
workbench-action = Handling
workbench-choose = Velg kommune
workbench-choose-for = Velg kommune for { $name }
workbench-load-more = Vis flere
route-title = Velg ansvarlig kommune
route-municipality = Kommune
route-suggested = Foreslått
route-reason = Begrunnelse
route-reason-hint = Hvorfor denne kommunen? Høyst 500 tegn. Den lagres og slettes med innreisen.
route-submit = Send til kommunen
route-sending = Sender …
route-missing-municipality = Velg en kommune fra listen.
route-missing-reason = Skriv en begrunnelse på 1–500 tegn.
route-done = Sendt til { $municipality }.
route-changed-title = Innreisen er endret av noen andre
route-changed = Valget ditt er ikke lagret. Se over den nye versjonen og velg på nytt.
route-reload = Hent ny versjon

## The lists of a municipality
municipality-title = Kommunens innreiser
municipality-heading = Innreiser i { $municipality }
municipality-caption = Innreiser i listen
municipality-empty-title = Ingen innreiser her nå
municipality-empty = Når en innreise hører til denne listen, dukker den opp av seg selv.
municipality-empty-filtered = Fjern et filter for å se flere.
tabs-label = Lister
tab-responsible = Vårt ansvar
tab-hotel = På hotell her
tab-destination = På vei hit
tab-formerly = Nylig flyttet herfra
news-label = Nytt siden sist
news-first-time = Første gang du er her, er ingenting merket. Merk alt som sett når du har sett gjennom listen. Etter det ser du hva som er nytt, endret, flyttet eller slettet.
news-since = Nytt siden du sist så ({ $moment }):
news-none = Ingenting nytt siden du sist så ({ $moment }).
news-new = { $count ->
    [one] 1 ny
   *[other] { $shown } nye
}
news-changed = { $count ->
    [one] 1 endret
   *[other] { $shown } endret
}
news-moved = { $count ->
    [one] 1 flyttet
   *[other] { $shown } flyttet
}
news-ended = { $count ->
    [one] 1 slettet
   *[other] { $shown } slettet
}
news-mark-seen = Merk alt som sett
news-none-title = Ingenting nytt her
news-none-here = Ingen innreiser i denne listen er slik du valgte å se.
news-show-all = Vis hele listen
mark-new = Ny
mark-changed = Endret
mark-gone = Flyttet
column-stay = Oppholdssted
column-quarantine-ends = Karantene til og med
column-result = Prøvesvar
column-due = Neste steg
result-none = Ingen kjent
call-not-concluded = utfallet er ikke ført
last-call-outbound = Ringt { $moment }
last-call-inbound = Ringte selv { $moment }
last-call-corrected = Utfallet er rettet
plain-call = Sist ringt { $moment }
plain-call-reached = Sist ringt { $moment }, ble nådd
plain-call-not-reached = Sist ringt { $moment }, ikke nådd
due-call = Kontrollsenteret ringer
due-call-back = Kontrollsenteret ringer tilbake som avtalt
due-followed-up = Fulgt opp
due-handed-over = Kommunen følger opp
due-not-reached = Kan ikke nås på telefon
due-not-obliged = Ingen karanteneplikt
due-departed = Har reist eller kom aldri
due-not-called = Ringes ikke
due-from = Fra { $moment }
moved-here = Kom hit fra { $from } { $moment }: { $why }.
moved-away = Gikk til { $to } { $moment }: { $why }.
moved-between = Gikk fra { $from } til { $to } { $moment }: { $why }.
moved-why-hotel-stay = er på karantenehotell
moved-why-hotel-left = oppholdet på karantenehotell er over
moved-why-source-changed = kilden har rettet oppholdsstedet
moved-why-decided = avgjort ved nasjonalt arbeidsbord
moved-why-declined = kommunen sa at innreisen ikke er dens
fact-moved = Flyttet
fact-calls = Oppringninger
not-ours-open = Ikke vår
not-ours-title = Innreisen er ikke vår
not-ours-text = Innreisen går til nasjonalt arbeidsbord, som finner rett kommune. Dere ser den i et døgn til.
not-ours-hint = Hvorfor er den ikke deres, og hvor hører den til? Høyst 500 tegn. Den lagres og slettes med innreisen.
not-ours-send = Send til arbeidsbordet
not-ours-changed = Den er ikke sendt. Hent den nye versjonen, se om den fortsatt ikke er deres, og send på nytt. Det du skrev, står.
not-ours-done = Innreisen er sendt til nasjonalt arbeidsbord.

## Å ringe
call-title = Ring
call-next = Neste
call-changed = Innreisen er endret siden kortet ble hentet. Se over det nye kortet før du ringer.
call-saved = Lagret kl. { $time }: { $name }
call-undone = Resultatet er tatt tilbake. Rett det og lagre på nytt.
undo = Angre
save = Lagre
save-and-next = Lagre og neste
saving-sending = Lagrer …
saving-again = Ikke lagret ennå. Registeret svarer ikke, og vi prøver igjen. La siden stå åpen.
saving-logged-out = Ikke lagret ennå. Logg inn igjen, så lagres det.
draft-saving = Lagrer utkast …
draft-saved = Utkast lagret kl. { $time }
draft-failed = Utkast ikke lagret
panel-inbound = { $name } ringer
panel-left = Samtalen har ikke fått resultat
lease-minutes = { $count ->
    [one] Kortet er ditt i 1 minutt
   *[other] Kortet er ditt i { $shown } minutter
}
lease-seconds = { $count ->
    [one] Kortet er ditt i 1 sekund
   *[other] Kortet er ditt i { $shown } sekunder
}
lease-short = Kortet er ditt i mindre enn to minutter. Velg Forleng for å beholde det.
lease-extend = Forleng
lease-lost = Kortet er ikke lenger ditt, for tiden gikk ut eller skiftleder tok det. Velg Neste.
lease-lost-dialled = Kortet er ikke lenger ditt, men du kan lagre samtalen du har ringt. Det du har skrevet, står her.
why = Øverst fordi { $ground }.
why-call-back = den avtalte tiden er kommet
why-lead-decided = skiftleder har satt den først
why-last-day = karantenen eller dataene er over innen et døgn
why-suspected-before = det har vært mistanke om brudd
why-employer-provides-place = arbeidsgiver skaffer karantenestedet
why-never-reached = ingen har snakket med den reisende ennå
why-turn = det er denne som står for tur
why-day = Dag { $day } av karantenen.
why-quarantine-left = { $count ->
    [0] Siste døgn av karantenen.
    [one] 1 døgn igjen av karantenen.
   *[other] { $shown } døgn igjen av karantenen.
}
why-data-left = { $count ->
    [0] Dataene slettes innen et døgn.
    [one] 1 døgn igjen av dataene.
   *[other] { $shown } døgn igjen av dataene.
}
why-failed = { $count ->
    [one] Ringt 1 gang uten samtale.
   *[other] Ringt { $shown } ganger uten samtale.
}
why-spilled-over = Hentet fra køen til et annet språk.
dial = Ring { $phone }
dial-wrong = { $phone } tilhører noen andre
dial-none = Det er ingen nummer å ringe. Hopp over kortet, så ser skiftleder på det.
card-language = Språk å ringe på
card-ends = Karantenen er over
card-attempts = Tidligere samtaler
card-no-attempts = Ingen har ringt ennå.
card-no-outcome = Uten resultat
card-direction-outbound = Ringt
card-direction-inbound = Ringte inn
languages-spoken = Jeg snakker
languages-none = Velg språkene du snakker.
nobody-no-card = Velg Neste for å få et kort.
nobody-outside-hours = Det er for tidlig eller for sent å ringe nå.
nobody-other-languages = De som skal ringes nå, snakker språk du ikke har valgt. Velg flere språk hvis du kan dem.
nobody-nobody-due = Ingen skal ringes akkurat nå.
nobody-again = Prøv igjen { $moment }.
skip = Hopp over
skip-title = Hoppe over kortet?
skip-reason = Hvorfor? Skiftleder ser svaret.
skip-missing = Velg en grunn.
skip-send = Gi kortet tilbake
skip-done = Kortet er gitt tilbake.
inbound = Noen ringer inn
inbound-phone = Nummeret som vises
inbound-none = Ingen innreise har dette nummeret. Søk på navn øverst på siden.
inbound-match = { $name }, født { $born }, ankomst { $arrival }
outcome-how = Hvordan gikk det?
outcome-say-nothing = Ikke si hvem du leter etter, eller hvorfor. Beklag, og avslutt.
outcome-assessment = Vurdering
outcome-proposed = Foreslått av svarene
outcome-grounds = Hva bygger mistanken på?
outcome-note-label = Merknad
outcome-note-hint = Bare det neste som ringer, trenger å vite. Slettes med innreisen.
outcome-missing-contact = Velg hvordan det gikk.
outcome-missing-assessment = Svar på spørsmålene, eller velg en vurdering.
outcome-missing-grounds = Velg hva mistanken bygger på.
outcome-missing-note = Skriv i merknaden hva det andre er.
outcome-missing-time = Velg når det skal ringes igjen.
outcome-missing-language = Velg hvilket språk som trengs.
later-label = Når skal vi ringe igjen?
later-half-hour = Om en halv time
later-two-hours = Om to timer
later-evening = I kveld kl. 18
later-tomorrow = I morgen kl. 9
later-time = Annen tid (norsk klokke)
barrier-label = Hvilket språk trengs?
barrier-other = Et annet språk
barrier-none = Velg språk
script-language = Språket du leser på
script-failed = Fikk ikke hentet spørsmålene. Snakk fritt, og velg en vurdering under.
leaving-title = Når du lagrer:
leaving-status = Oppfølging blir «{ $status }».
leaving-nobody = Ingen andre får vite noe.
leaving-to = { $receiver } får vite: { $parts }
leaving-asking = Henter hvem som får vite hva …
leaving-unknown = Kunne ikke hente hvem som får vite hva. Du kan lagre likevel.
leaving-first = Se først hvem som får vite hva, og lagre så.
receiver-municipality = Kommunen
receiver-traveller = Den reisende, på SMS
leaving-part-identity = navn og nummer
leaving-part-place = karantenested
leaving-part-assessment = vurdering
leaving-part-grounds = hva mistanken bygger på
leaving-part-note = merknaden
leaving-part-template = en fast tekst uten opplysninger om personen

## Skiftlederens tavle
board-title = Tavle
board-open = Det kan ringes nå.
board-open-until = Det kan ringes til kl. { $time }.
board-closed = Det kan ikke ringes nå.
board-closed-until = Det kan ikke ringes før kl. { $time }.
board-age-median = Halvparten har ventet så lenge
board-age-p90 = Én av ti har ventet så lenge
board-attempts = Samtaler forsøkt i dag
board-answered = Av dem besvart
board-languages = Hvem venter på hvilket språk
board-waiting = Venter
board-callers = Veiledere
board-no-caller = ingen snakker språket
part-ready = Klare nå
part-held = Hos en veileder
part-later-today = Senere i dag
part-outcome-missing = Uten resultat
part-skipped = Hoppet over i dag
part-review = Skal gjennomgås
callers-title = Veiledere på jobb
callers-caption = Veiledere og kortet de har nå
callers-seen = Sist aktiv
callers-card = Kort
callers-no-card = Har ikke kort
callers-ends = Kortet går tilbake
callers-ends-in = om { $span }
callers-ends-soon = om mindre enn to minutter
release = Ta kortet
release-title = Ta kortet fra veilederen?
release-text = { $name } mister kortet, og det går tilbake i køen. Det som er skrevet, ligger som utkast.
release-send = Legg tilbake i køen
release-done = Kortet er tatt fra { $name }.
queue-title = Kø
queue-of-language = { $part }: { $language }
queue-back = Til tavlen
queue-parts = Deler av køen
queue-caption = Kort i den rekkefølgen de deles ut
queue-empty-title = Ingen kort her
queue-empty = Kort dukker opp her av seg selv.
queue-choose = Velg
queue-choose-one = Velg { $name }
queue-why = Står her fordi
queue-due = Skal ringes
queue-held = Hos
queue-held-until = { $name }, til kl. { $time }
decide-title = { $count ->
    [one] 1 kort er valgt
   *[other] { $shown } kort er valgt
}
decide-way = Hva skal skje med dem?
way-first = Sett først i køen
way-to = Gi til en veileder
way-set-aside = Legg til side til et tidspunkt
way-as-policy = Tilbake til vanlig plass
decide-caller = Veileder
decide-caller-none = Velg veileder
decide-until = Til (norsk klokke)
decide-missing = Velg hva som skal skje, og fyll ut det som hører til. Et tidspunkt må være fram i tid.
decide-reason-hint = Hvorfor? Høyst 500 tegn. Den lagres og slettes med innreisen.
decide-look = Se hva som skjer
decide-preview = Hvis du går videre:
decide-do = Utfør
decided-changed = { $count ->
    [one] 1 kort flyttes.
   *[other] { $shown } kort flyttes.
}
decided-unchanged = { $count ->
    [one] 1 kort står slik fra før.
   *[other] { $shown } kort står slik fra før.
}
decided-held = { $count ->
    [one] 1 kort er hos en veileder og flyttes etterpå.
   *[other] { $shown } kort er hos en veileder og flyttes etterpå.
}
decided-gone = { $count ->
    [one] 1 kort finnes ikke lenger.
   *[other] { $shown } kort finnes ikke lenger.
}
decided-undone = { $count ->
    [one] Angret. 1 kort står som før.
   *[other] Angret. { $shown } kort står som før.
}
correct = Rett resultatet
correct-title = Rette resultatet av samtalen
correct-reason-hint = Hva var feil? Høyst 500 tegn. Det tidligere resultatet kan fortsatt leses.
correct-save = Lagre rettelsen
correct-done = Resultatet er rettet.

## The state of the register
register-title = Registerets tilstand
register-log = Loggen
register-head = Siste posisjon
register-chain = Siste ledd i kjeden
register-oldest = Eldste levende opplysning
register-oldest-none = Ingen opplysninger lever nå
register-limit = Grensen er 10 døgn.
register-projections = Lesemodeller
register-projections-caption = Lesemodeller og hvor langt de er kommet
register-projection = Navn
register-position = Posisjon
register-behind = Etterslep
register-parked = Parkerte strømmer
register-parked-warning = Noen hendelser kunne ikke leses. Si fra til drift.
register-epochs = Levende perioder
register-epochs-lead = Hver periode er seks timer med registreringer. Alt i den slettes samtidig.
register-epochs-caption = Levende perioder, eldste først
register-chart = Innreiser per periode. Tallene står i tabellen under.
register-epoch = Periode
register-from = Fra
register-ends = Slettes
register-entries = Innreiser
register-events = Hendelser
register-no-epochs = Ingen perioder lever nå.
age-hours = { $count ->
    [one] 1 time
   *[other] { $shown } timer
}
age-days = { $count ->
    [one] 1 døgn
   *[other] { $shown } døgn
}
age-two = { $first } og { $second }
age-minutes = { $count ->
    [0] mindre enn ett minutt
    [one] 1 minutt
   *[other] { $shown } minutter
}

## Deletion and its proof
retention-title = Sletting
retention-ok = Alt er i orden
retention-ok-text = Alt som skulle vært slettet, er slettet. Beviset ligger her.
retention-missing-title = Noe må følges opp
retention-overdue = { $count ->
    [one] 1 periode er over fristen uten kvittering. Ingen kan lese den lenger, men det mangler bevis for at den er slettet. Ring drift nå.
   *[other] { $shown } perioder er over fristen uten kvittering. Ingen kan lese dem lenger, men det mangler bevis for at de er slettet. Ring drift nå.
}
retention-late = { $count ->
    [one] 1 periode skulle vært stengt før sletting, men er åpen. Ring drift nå, så fristen holdes.
   *[other] { $shown } perioder skulle vært stengt før sletting, men er åpne. Ring drift nå, så fristen holdes.
}
retention-failure = Slettingen stoppet og prøves igjen hele tiden. Ring drift hvis dette står her i mer enn fem minutter. Feilen: { $why }
retention-undone = { $day }: { $done } av { $due } perioder er slettet. Ring drift nå.
retention-uncertified = { $day }: sletteattesten mangler. Ring drift.
retention-key-back = En ødelagt nøkkel dukket opp igjen { $moment } og er ødelagt på nytt. Finn ut hvor den kom fra, for eksempel en sikkerhetskopi.
retention-consumer = { $name } har ikke bekreftet i tide at slettede innreiser er slettet der også. Ta kontakt med mottakeren.
retention-oldest = Den eldste opplysningen er { $age } gammel. Grensen er 10 døgn.
retention-oldest-none = Ingen opplysninger om noen lever nå.
retention-next = Neste sletting: { $moment }, om { $left }.
retention-next-none = Ingenting venter på å bli slettet.
retention-checked = Sjekket kl. { $time }.
retention-today = Slettes i dag
retention-today-none = Ingenting skal slettes i dag.
retention-today-done = { $done } av { $due } perioder er slettet i dag, med { $entries } innreiser.
retention-epochs-caption = Perioder som skal slettes, den neste først
retention-freezes = Stenges
retention-state = Tilstand
epoch-open = Åpen
epoch-frozen = Stengt
epoch-dropped = Slettet, uten kvittering
epoch-ended = Slettet
retention-days = Dag for dag
retention-days-caption = Siste 14 dager. Attesten er det signerte beviset for dagen.
retention-day = Dag
retention-done = Perioder slettet
retention-of = { $done } av { $due }
retention-early-count = Slettet før fristen
retention-certificate = Attest
retention-certificate-of = Last ned sletteattest for { $day }
retention-download = Last ned
retention-missing = Mangler
retention-not-yet = Ikke ennå
retention-nothing = Ingen
retention-early = Sletting før fristen
early-lead = En innreise kan slettes før tiden når den er registrert ved en feil, eller når personen har rett til det. To personer må være enige.
early-none = Ingen innreiser venter på godkjenning.
ground-registered-by-mistake = Registrert ved en feil
ground-right-to-erasure = Personen har rett til sletting
early-asked = Bedt om av { $name } { $moment }.
early-ends = Slettes uansett senest { $moment }.
early-open = Se innreisen
early-own = Du ba om dette selv. En annen må godkjenne.
early-agreed = Godkjent. Slettes nå.
early-approve = Godkjenn
early-reject = Avvis
early-withdraw = Trekk tilbake
early-delete-title = Slette innreisen nå?
early-delete-text = Alt om innreisen forsvinner med en gang, og det kan ikke gjøres om. Sikkerhetskopier kan ikke vise den etter { $moment }.
early-delete-button = Slett nå
early-keep-title = La innreisen stå til fristen?
early-keep-text = Den slettes da som vanlig, senest { $moment }.
early-keep-button = La den stå
early-deleted = Innreisen er slettet.
early-kept = Innreisen blir stående til fristen.
request-title = Be om sletting før fristen
request-query = Fødselsnummer, telefon eller referansekode
request-query-hint = Hele nummeret eller koden, slik personen oppgir det.
request-query-missing = Skriv et nummer eller en kode.
request-find = Finn
request-none = Fant ingen innreise. Sjekk nummeret. Innreiser eldre enn ti dager er slettet.
request-entry = Innreise
request-choice = Ankomst { $arrival }. Registrert { $registered }. Slettes senest { $ends }.
request-missing-entry = Velg en innreise.
request-ground = Grunn
request-missing-ground = Velg en grunn.
request-reason-hint = Hva har skjedd? Høyst 500 tegn. Den lagres og slettes med innreisen.
request-send = Send til godkjenning
request-sent = Sendt. En annen må godkjenne før innreisen slettes.
retention-consumers = Mottakere
consumers-lead = De som henter opplysninger herfra, skal slette det samme hos seg og bekrefte det innen 24 timer.
consumers-caption = Mottakere og hva de har bekreftet
consumers-none = Ingen henter opplysninger herfra.
consumer-name = Mottaker
consumer-acknowledged = Sist bekreftet
consumer-waiting = Slettinger som venter
consumer-since = Venter siden
consumer-never = Aldri
consumer-overdue = Over fristen
consumer-in-time = Innen fristen
consumer-done = Alt bekreftet
retention-remains = Det som blir igjen
remains-fingerprints = Fingeravtrykk
remains-fingerprints-text = Merker som gjør at en slettet reise ikke kan komme inn på nytt. De kan ikke leses tilbake til noen, og de forsvinner når kildens 20 dager er over.
remains-keys = Nøkler som kom tilbake
remains-keys-none = Ingen ødelagte nøkler er kommet tilbake.
remains-key = { $name }, funnet og ødelagt på nytt { $moment }
remains-outlived = Slettes før karantenen er over
remains-outlived-text = Innreiser som ikke kan følges opp hele karantenen.

## Shortcuts
shortcuts-title = Hurtigtaster
shortcuts-caption = Hurtigtaster
shortcuts-key = Tast
shortcuts-action = Handling
shortcuts-enabled = Bruk hurtigtaster
shortcuts-note = Hurtigtastene virker ikke mens du skriver i et felt.
shortcut-search = Gå til søkefeltet
shortcut-help = Vis hurtigtastene
shortcut-next-row = Neste rad (også pil ned i listen)
shortcut-previous-row = Forrige rad (også pil opp i listen)
shortcut-enter-next = Neste kort, eller lagre og neste
shortcut-dial = Ring det første nummeret på kortet
shortcut-inbound = Noen ringer inn
shortcut-undo = Angre det som nettopp ble lagret
shortcut-extend = Behold kortet lenger
shortcut-skip = Hopp over kortet
shortcut-digits = Velg svar i gruppen som har fokus
shortcut-open = Åpne raden
key-enter = Enter

## Other pages
not-found-title = Siden finnes ikke
not-found = Adressen er feil eller utdatert. Gå til forsiden og prøv derfra.
not-found-home = Til forsiden

## Dates
date-prose = { $weekday } { $day }. { $month } { $year }
moment-prose = { $weekday } { $day }. { $month } { $year } kl. { $time }
weekday-1 = mandag
weekday-2 = tirsdag
weekday-3 = onsdag
weekday-4 = torsdag
weekday-5 = fredag
weekday-6 = lørdag
weekday-7 = søndag
weekday-short-1 = man.
weekday-short-2 = tir.
weekday-short-3 = ons.
weekday-short-4 = tor.
weekday-short-5 = fre.
weekday-short-6 = lør.
weekday-short-7 = søn.
month-1 = januar
month-2 = februar
month-3 = mars
month-4 = april
month-5 = mai
month-6 = juni
month-7 = juli
month-8 = august
month-9 = september
month-10 = oktober
month-11 = november
month-12 = desember

## Fields of the source
field-a_reference_code = Referansekode
field-p_unique_id = Identitetsnummer
field-a_destination_id = Kommune ved ankomst
field-municipality_number = Kommunenummer ved ankomst
field-p_first_name = Fornavn
field-p_last_name = Etternavn
field-p_birth_date = Fødselsdato
field-p_phone = Telefon
field-p_email = E-post
field-p_lang_follow_up = Språk
field-p_follow_up = Oppfølging
field-p_follow_up_time = Tid for oppfølging
field-p_country_of_residence = Bostedsland
field-p_dnr = D-nummer
field-p_fh_number = Felles hjelpenummer
field-a_quarantine_option = Karantenevalg (gammelt)
field-a_q_opt_l1 = Plikt, tekst
field-a_q_opt_l2 = Unntak, tekst
field-a_q_opt_l3 = Nærmere om unntaket, tekst
field-a_q_opt_l4 = Karantenested, tekst
field-a_q_opt_l1_code = Plikt
field-a_q_opt_l2_code = Unntak
field-a_q_opt_l3_code = Nærmere om unntaket
field-a_q_opt_l4_code = Karantenested
field-a_quarantine_reg_arrival_hotel = Hotell ved ankomst
field-a_quarantine_reg_arrival = På hotell fra
field-a_quarantine_reg_departure_hotel = Hotell ved avreise
field-a_quarantine_reg_departure = På hotell til
field-a_date = Ankomst
field-a_travel_method = Reisemåte
field-a_travel_method_extra = Rute eller kjennetegn
field-a_travel_method_extra2 = Rute eller kjennetegn, mer
field-a_country_of_departure = Reist fra
field-a_country_of_departure_region = Region reist fra
field-a_transit_countries = Reist gjennom
field-a_num_travelers = Reiser sammen
field-a_num_travelers_under_16 = Under 16 år
field-a_hotel_name = Stedets navn
field-a_location_address = Stedets adresse
field-a_location_zip_code = Postnummer
field-a_employer_org_number = Arbeidsgivers organisasjonsnummer
field-a_employer_name = Arbeidsgiver
field-a_employer_address = Arbeidsgivers adresse
field-a_employer_contact_person = Kontaktperson
field-a_employer_contact_phone = Kontakttelefon
field-a_is_leisure_trip = Fritidsreise
field-a_is_trip_necessary = Nødvendig reise
field-a_updated = Reisen endret
field-p_updated = Personen endret
field-a_border_crossing_arrival = Grensepassering
field-a_border_crossing_quarantine_assessment = Vurdering ved grensen
field-a_border_crossing_location = Grensestasjon
field-a_q_hotel_destination_id = Hotellets kommune
field-hotel_municipality_number = Hotellets kommunenummer
field-responsible_municipality_number = Ansvarlig kommune

## Codes of the source
code-unknown = Ukjent kode { $code }
code-0 = Ikke valgt
code-1001 = Skal i innreisekarantene
code-1002 = Helt eller delvis unntatt fra karantene
code-2001 = Kommer fra grønt (først også gult) område
code-2002 = Dagsbesøk for nødvendig vedlikehold
code-2003 = Pendler bosatt i Sverige eller Finland
code-2004 = Avtalt samvær med barn
code-2005 = Kritisk samfunnsfunksjon (§ 6e)
code-2006 = Unntak for arbeidsreise
code-2007 = Invitert eller utsendt etter avtale med norske myndigheter
code-2008 = Fullvaksinert eller gjennomgått sykdom siste seks måneder, med gyldig bevis
code-2009 = Internasjonal idrettskonkurranse (§ 6f)
code-2010 = Alvorlig sykdom eller begravelse i nær familie (§ 6j)
code-3001 = Rett fra grønt (først også gult) område (§ 4)
code-3002 = Fra slikt område gjennom karanteneområde uten opphold (§ 6a)
code-3003 = Reisen gjelder Sverige (§ 6a)
code-3004 = Reisen gjelder Finland (§ 6a)
code-3005 = Fast pendling mellom hjem og arbeid, med jevnlig test (§ 6b)
code-3006 = Daglig pendling til videregående skole, med jevnlig test (§ 6b)
code-3007 = Pendling til grunnskole (§ 6b)
code-3008 = Forelder besøker barn (§ 6d)
code-3009 = Barn besøker forelder (§ 6d)
code-3010 = Styring og kriseledelse
code-3011 = Forsvar
code-3012 = Lov og orden
code-3013 = Helse og omsorg
code-3014 = Redningstjeneste
code-3015 = Digital sikkerhet i sivil sektor
code-3016 = Natur og miljø
code-3017 = Forsyningssikkerhet
code-3018 = Vann og avløp
code-3019 = Finansielle tjenester
code-3020 = Kraftforsyning
code-3021 = Elektronisk kommunikasjon
code-3022 = Transport
code-3023 = Satellittbaserte tjenester
code-3024 = Yrkessjåfør (§ 6b)
code-3025 = Flypersonell (§ 6g) eller togpersonell (§ 6g/6b)
code-3026 = Skip eller båt (§ 6h/6a)
code-3027 = Kommer for å arbeide om bord på skip (§ 6h)
code-3028 = Bor og arbeider på skip tilbake etter kort anløp i utlandet (§ 6a)
code-3029 = Fullvaksinert eller beskyttet forsvarspersonell (§ 6l)
code-3030 = Mannskap på passasjerskip i rute (§ 6c)
code-3031 = Brann-, rednings- og ambulansepersonell (§ 6n)
code-4001 = Karantenehotell hele perioden
code-4002 = Eget hjem eller annet egnet sted
code-4003 = Sted fra arbeidsgiver eller oppdragsgiver, bekreftet
code-4004 = Egnet sted for annet formål, bekreftet av den som tilbyr det
code-4005 = Ingen overnatting eller fritid i Norge
code-4006 = Fritidskarantene på karantenehotell
code-4007 = Internatskole
code-4008 = Fritidskarantene alene i kjøretøy med soveplass
code-4009 = Enelugar om bord
code-4010 = Hjemme hos ektefelle eller den andre forelderen, bosatt i Norge
code-4011 = Fritidskarantene hjemme eller på annet egnet sted
code-4012 = Karantenehotell først, så hjem eller annet egnet sted
code-4013 = Fritidskarantene på egnet sted med enerom, eget bad og kjøkken eller matservering
code-4014 = Karantenehotell, bortsett fra under besøket eller begravelsen
code-4015 = Hjem eller egnet sted, bortsett fra under besøket eller begravelsen
place-4001 = Hotell
place-4002 = Hjem/egnet sted
place-4003 = Fra arbeidsgiver
place-4004 = Egnet, annet formål
place-4005 = Ingen overnatting
place-4006 = Fritid, hotell
place-4007 = Internatskole
place-4008 = Fritid, kjøretøy
place-4009 = Lugar
place-4010 = Hos ektefelle
place-4011 = Fritid, hjem
place-4012 = Hotell, så hjem
place-4013 = Fritid, enerom
place-4014 = Hotell, unntatt besøk
place-4015 = Hjem, unntatt besøk

## Problems, also said by the server
problem-invalid-request-title = Forespørselen kan ikke leses
problem-invalid-request-detail = Noe i forespørselen er feil. Rett feltene som er nevnt, og send på nytt.
problem-not-logged-in-title = Du er ikke logget inn
problem-not-logged-in-detail = Økten er over eller mangler. Logg inn og prøv igjen.
problem-not-permitted-title = Du har ikke tilgang
problem-not-permitted-detail = Rollen eller kommunen din gir ikke tilgang til dette. Snakk med den som styrer tilgangene.
problem-not-delegated-title = Ingen delegering gjelder
problem-not-delegated-detail = Kommunelegen må gi deg en delegering, eller bekrefte den du har, før du kan logge inn.
problem-not-found-title = Finnes ikke
problem-not-found-detail = Det finnes ikke, eller du har ikke tilgang. Sjekk lenken.
problem-entry-ended-title = Innreisen er slettet
problem-entry-ended-detail = De ti dagene er over. Alt om innreisen er borte og kan ikke hentes fram.
problem-changed-meanwhile-title = Endret av noen andre
problem-changed-meanwhile-detail = Ingenting er lagret. Hent den nye versjonen og prøv igjen.
problem-precondition-required-title = Versjonen mangler
problem-precondition-required-detail = Send versjonen du leste, i If-Match, og prøv igjen.
problem-key-reused-title = Nøkkelen er brukt
problem-key-reused-detail = Samme Idempotency-Key kom med annet innhold. Send med en ny nøkkel.
problem-key-required-title = Nøkkelen mangler
problem-key-required-detail = Send en Idempotency-Key, så ingenting blir gjort to ganger.
problem-too-large-title = For mye på én gang
problem-too-large-detail = Forespørselen er for stor. Del den opp og send delene.
problem-too-many-requests-title = For mange forespørsler
problem-too-many-requests-detail = Vent litt og prøv igjen. Retry-After sier hvor lenge.
problem-refused-title = Reglene tillater det ikke
problem-refused-detail = Ingenting er lagret. Endre det du sendte, og prøv igjen.
problem-second-person-needed-title = Én til må godkjenne
problem-second-person-needed-detail = Den som ba om slettingen, kan ikke godkjenne den selv.
problem-card-lost-title = Du har ikke kortet lenger
problem-card-lost-detail = Holdet på kortet er over. Hent kortet på nytt; det du har skrevet, er tatt vare på.
problem-card-taken-title = En annen har kortet
problem-card-taken-detail = En annen ringer denne personen nå. Hent neste.
problem-outside-calling-hours-title = Utenfor ringetiden
problem-outside-calling-hours-detail = Det er for tidlig eller for sent å ringe nå.
problem-too-late-title = For sent å angre
problem-too-late-detail = Utfallet kan rettes på siden til innreisen.
problem-extract-needed-title = Et fullt uttrekk trengs
problem-extract-needed-detail = Markøren er for gammel, eller tilgangen endret. Hent alt fra /api/v1/feed/extract, slett resten, og fortsett fra markøren derfra.
problem-unavailable-title = Registeret svarer ikke nå
problem-unavailable-detail = Ingenting er gått tapt. Vent litt og prøv igjen.
problem-internal-title = Noe gikk galt hos oss
problem-internal-detail = Feilen er vår. Prøv igjen, og oppgi referansen hvis den kommer tilbake.

## What a traveller owes, and why
quarantine-title = Karanteneplikt
quarantine-until = I karantene til og med { $end }.
quarantine-leisure-until = I fritidskarantene til og med { $end }.
quarantine-over = Karantenen er over. Den sluttet { $end }.
quarantine-owed-exempt = Unntatt fra innreisekarantene.
quarantine-owed-unknown = Det er ikke kjent hva som gjelder.
quarantine-owed-full = Skal i innreisekarantene.
quarantine-owed-leisure-time = Skal i fritidskarantene.
quarantine-rule-set = Regelsett { $name }
quarantine-flags = Se nærmere på
quarantine-start = Regnes fra
quarantine-early = Kortere med test
quarantine-hotel = Karantenehotell
quarantine-answer-pending = En test er tatt, og svaret er ikke kommet.
quarantine-tests = Tester
quarantine-test = Test
quarantine-test-from = Fra
quarantine-test-by = Senest
quarantine-test-state = Status
quarantine-test-required = påbudt
quarantine-test-offered = tilbud
quarantine-duty-border = Ved grensen eller innen 24 timer
quarantine-duty-day-3 = Fra dag 3
quarantine-duty-day-7 = Fra dag 7
quarantine-duty-every-7-days = Hver sjuende dag
quarantine-progress-ahead = Kommer
quarantine-progress-due = Skal tas nå
quarantine-progress-pending = Tatt, venter på svar
quarantine-progress-done = Tatt og besvart
quarantine-progress-not-seen = Ikke registrert
quarantine-progress-lapsed = Ikke lenger aktuell
quarantine-if = Hva om en negativ PCR-test blir tatt en bestemt dag?
quarantine-if-choose = Velg dag
quarantine-if-day = Dag { $day }: { $date }
quarantine-if-shorter = Karantenen slutter når svaret kommer, tidligst { $end }.
quarantine-if-same = Karantenen blir ikke kortere. Den varer til og med { $end }.
quarantine-if-hotel-shorter = Oppholdet på karantenehotell slutter når svaret kommer, tidligst { $end }.
quarantine-if-hotel-same = Oppholdet på karantenehotell varer til og med { $end }.
quarantine-why-obligation-full = Den reisende har valgt innreisekarantene.
quarantine-why-obligation-not-told = Det er ikke oppgitt om karanteneplikten gjelder. Da gjelder den.
quarantine-why-obligation-unknown-code = Koden { $code } gir ikke unntak etter dette regelsettet. Karanteneplikten gjelder.
quarantine-why-obligation-no-ground = Det er valgt unntak, men uten grunn. Karanteneplikten gjelder.
quarantine-why-exempt = Unntaket gjelder: { $meaning }.
quarantine-why-leisure-time = Unntaket gjelder bare i arbeidstiden eller det reisen gjelder: { $meaning }. Ellers er det karantene.
quarantine-why-leisure-time-place = Det er valgt unntak, men også et sted for fritidskarantene: { $place }. Da gjelder fritidskarantene.
quarantine-why-no-rule-set = Ingen regelsett gjelder for ankomst { $day }.
quarantine-why-start-arrival = Ankomst { $day } er dag 0.
quarantine-why-start-reentry = Den reisende kom tilbake { $day }. Da begynner karantenen på nytt.
quarantine-why-start-registration = Ankomstdagen er ikke oppgitt. Registreringen { $day } regnes som dag 0.
quarantine-why-arrival-not-told = Ankomstdagen er ikke oppgitt. Spør den reisende.
quarantine-why-ends-full-length = Karantenen varer { $days } dager etter ankomst.
quarantine-why-ends-negative-test = En PCR-test tatt { $taken } er negativ. Testen kunne tas fra dag { $days }, { $earliest }.
quarantine-why-ends-departed = Den reisende forlot Norge { $day }.
quarantine-why-early-end-by-test = { $negatives ->
    [one] Karantenen kan slutte før når svaret på en negativ PCR-test foreligger. Testen kan tas fra dag { $days }, { $from }.
   *[other] Karantenen kan slutte før når svarene på { $negatives } negative PCR-tester foreligger. Den siste kan tas fra dag { $days }, { $from }.
}
quarantine-why-hotel-whole-period = Skal være på karantenehotell hele perioden, til og med { $day }.
quarantine-why-hotel-until-negative = Skal være på karantenehotell til svaret på en negativ PCR-test foreligger. Testen kan tas fra dag { $days }, { $from }. Uten test varer oppholdet til og med { $day }.
quarantine-why-hotel-negative-test = Plikten til å være på karantenehotell er slutt: en PCR-test tatt { $taken } er negativ. Resten av karantenen kan være et annet egnet sted.
quarantine-why-hotel-left-early = Forlot karantenehotellet { $left }, men plikten varte til og med { $day }.
quarantine-why-hotel-stay-not-seen = Skal være på karantenehotell, men ingen ankomst dit er registrert.
quarantine-why-place-not-told = Det er ikke oppgitt hvor karantenen skal være.
quarantine-why-employer-not-told = Arbeidsgiveren skal skaffe oppholdssted, men er ikke oppgitt.
quarantine-why-positive-test = En test tatt { $day } er positiv. Kommunelegen avgjør isolasjon. Karantenen blir ikke kortere.
quarantine-why-test-day-unsure = For en test er bare dagen laboratoriet mottok den kjent: { $day }. Finn ut når den ble tatt.
quarantine-why-test-in-future = En test er datert { $day }, som ikke er kommet. Den telles ikke.
quarantine-why-codes-conflict = Det er valgt karantene og samtidig en grunn til unntak. Karanteneplikten gjelder.
quarantine-why-unknown-code = Koden { $code } på nivå { $level } finnes ikke i regelsettet.
quarantine-why-rules-changed-during-stay = Reglene ble endret under oppholdet: regelsett { $after } gjelder fra { $day } også for dem som var i karantene etter regelsett { $before }.
quarantine-why-test-required = Test påbudt fra { $from } til { $by }.
quarantine-why-test-offered = Test tilbys fra { $from } til { $by }.

## Rule sets
nav-rules = Regelsett
rules-title = Regelsett
rules-lead = Regelsettet som gjelder på ankomstdagen, bestemmer karantenen.
rules-caption = Alle regelsett
rules-name = Navn
rules-from = Fra
rules-until = Til
rules-what = Hva som er nytt
rules-source = Kilde
rules-adopted-by = Vedtatt av
rules-in-force = Gjelder i dag
rules-replaced = Avløst av { $name }
rules-compare = Sammenlign to
rules-compare-a = Det ene
rules-compare-b = Det andre
rules-same = Det er ingen forskjell på hva som kreves.
rules-differences = Forskjeller
rules-topic = Gjelder
rules-subject = Hvilken
rules-topic-validity = Gyldighet
rules-topic-length = Lengde
rules-topic-early-end = Kortere med test
rules-topic-exemption-ground = Grunn til unntak
rules-topic-exemption-detail = Detalj om unntak
rules-topic-leisure-time-place = Sted for fritidskarantene
rules-topic-place-code = Sted som kan velges
rules-topic-place-rule = Hotellplikt
rules-topic-test = Test
rules-topic-follow-up = Oppfølging
rules-try-title = Prøv et nytt regelsett
rules-try-lead = Ingenting endres før du vedtar. Begynn med et regelsett som finnes, og endre det.
rules-base = Begynn med
rules-choose = Velg regelsett
rules-field-name = Navn på det nye
rules-field-from = Gjelder for ankomst fra og med
rules-field-title = Hva som er nytt
rules-field-source = Kilde
rules-field-length = Siste dag i karantene
rules-field-earliest = Tidligste dag for test som avslutter karantenen
rules-field-ongoing = Gjelder også dem som er i karantene når det trer i kraft
rules-field-reason = Begrunnelse når det gjelder fra en dag som er over
rules-json = Hele regelsettet som JSON
rules-json-hint = Lim inn et regelsett, eller endre det som ikke har eget felt.
rules-file = Hent fra fil
rules-json-wrong = Dette kan ikke leses som et regelsett.
rules-try = Prøv på innreisene
rules-adopt = Vedta
rules-adopt-title = Vedta regelsettet?
rules-adopt-text = Regelsett { $name } gjelder for ankomst fra { $day }. Et vedtatt regelsett kan ikke endres eller tas tilbake, bare avløses av et nytt.
rules-adopted = Regelsettet er vedtatt.
rules-trial-none = Ingenting endres for noen av de { $shown } innreisene.
rules-trial-changed = Noe endres for { $changed } av { $shown } innreiser.
rules-trial-kinds = Endringer etter slag
rules-trial-kind = Endring
rules-trial-count = Innreiser
rules-trial-rows = Innreiser som endres
rules-trial-entry = Innreise
rules-trial-before = Slik det er
rules-trial-after = Slik det blir
rules-trial-show = Vis
rules-trial-more = Vis neste side
rules-trial-hotel = hotell til { $day }
rules-change-longer = Lengre karantene
rules-change-shorter = Kortere karantene
rules-change-now-exempt = Blir unntatt
rules-change-now-obliged = Får karanteneplikt
rules-change-other-obligation = Annen plikt
rules-change-hotel-duty = Hotellplikt
rules-change-test-duty = Testplikt
rules-change-early-end = Når en test avslutter
rules-owed-full = karantene
rules-owed-leisure-time = fritidskarantene
rules-owed-exempt = unntatt
rules-owed-unknown = ikke kjent

## Henvisninger til Arbeidstilsynet
referral-letter-title = Melding til Arbeidstilsynet
referral-letter-data = Opplysningene i meldingen, for maskiner
referral-letter-from = Fra: Helsedirektoratet, Nasjonalt kontrollsenter for innreisende
referral-letter-reference = Referanse: { $reference }
referral-letter-basis = Hjemmel: covid-19-forskriften § 5c
referral-letter-purpose = Formål: at karanteneplikten blir etterlevd
referral-letter-deleted = Slettes senest: { $moment }
referral-letter-employer = Arbeidsgiver
referral-letter-number = Organisasjonsnummer: { $number }
referral-letter-no-number = Organisasjonsnummer: ikke kjent
referral-letter-place = Innkvartering
referral-letter-said = Sagt i en telefonsamtale { $day }
referral-letter-unchecked = Opplysningene kommer fra en innreisende i karantene og er ikke kontrollert. Meldingen sier ikke hvem det er. Trenger dere å vite mer, kan dere be kontrollsenteret om det.
referral-letter-newest = Kommer det en ny melding med samme referanse, er det den nyeste som gjelder.
employer-breach-not-at-place = Bor ikke på karantenestedet
employer-breach-working = Jobber blant andre i karantenetiden
employer-breach-shared-room = Deler soverom med andre
employer-breach-shared-facilities = Deler bad eller kjøkken med andre
employer-breach-among-people = Er blant folk, for eksempel i kollektivtransport
referral-fact-lodged-by-employer = Arbeidsgiveren har skaffet stedet
referral-fact-sleep-in-room = { $number ->
    [one] Én sover i rommet
   *[other] { $number } sover i rommet
}
referral-fact-told-to-work = En arbeidsgiver har bedt om arbeid blant andre før karantenen er over
referral-fact-arrived = Kom til Norge { $day }
nav-inspectorate = Henvisninger
inbox-title = Henvisninger
inbox-lead = Arbeidsgivere som kan ha sviktet innreisende i karantene, samlet etter arbeidsgiver. Opplysningene kommer fra telefonsamtaler og er ikke kontrollert. Hvem de innreisende er, står ikke her.
inbox-caption = Arbeidsgivere med henvisninger som ikke er lukket
inbox-closed-caption = Arbeidsgivere der alt er lukket
inbox-closed = { $count ->
    [one] 1 arbeidsgiver der alt er lukket
   *[other] { $shown } arbeidsgivere der alt er lukket
}
inbox-new = { $count ->
    [0] Ingen nye henvisninger
    [one] 1 ny henvisning
   *[other] { $shown } nye henvisninger
}
inbox-empty-title = Ingen henvisninger venter
inbox-empty = Når kontrollsenteret henviser en arbeidsgiver, står den her med en gang.
inbox-employer = Arbeidsgiver
inbox-no-number = Uten organisasjonsnummer
inbox-stands = Status
inbox-travellers = Innreisende
inbox-breaches = Mulige brudd
inbox-repeated = Gjentatt
inbox-places = Steder
inbox-latest = Sist henvist
inbox-tag-open = { $count ->
    [one] 1 ny
   *[other] { $shown } nye
}
inbox-tag-in-hand = { $count ->
    [one] 1 til behandling
   *[other] { $shown } til behandling
}
inbox-tag-returned = { $count ->
    [one] 1 sendt tilbake
   *[other] { $shown } sendt tilbake
}
inbox-tag-closed = { $count ->
    [one] 1 lukket
   *[other] { $shown } lukket
}
bundle-title = Arbeidsgiver
bundle-back = Til alle henvisninger
bundle-gone-title = Ingen henvisninger
bundle-gone = Det er ingen henvisninger om denne arbeidsgiveren. De kan være slettet.
bundle-travellers = { $count ->
    [one] Gjelder 1 innreisende
   *[other] Gjelder { $shown } innreisende
}
bundle-breaches = { $count ->
    [0] Ingen mulige brudd på karantenen
    [one] 1 mulig brudd i alt
   *[other] { $shown } mulige brudd i alt
}
bundle-repeated = { $count ->
    [0] Meldt for første gang
    [one] Meldt 1 gang til etter den første
   *[other] Meldt { $shown } ganger til etter den første
}
place-travellers = { $count ->
    [one] 1 innreisende er innkvartert her
   *[other] { $shown } innreisende er innkvartert her
}
inspect-choose = Ta med denne
inspect-acknowledge = { $count ->
    [0] Ta til behandling (ingen valgt)
    [one] Ta 1 til behandling
   *[other] Ta { $shown } til behandling
}
inspect-return = { $count ->
    [0] Be om mer (ingen valgt)
    [one] Be om mer om 1
   *[other] Be om mer om { $shown }
}
inspect-close = { $count ->
    [0] Lukk (ingen valgt)
    [one] Lukk 1
   *[other] Lukk { $shown }
}
inspect-return-title = Be kontrollsenteret om mer
inspect-close-title = Lukk henvisninger
inspect-about = { $count ->
    [one] Gjelder 1 henvisning.
   *[other] Gjelder { $shown } henvisninger.
}
inspect-wanted = Hva vil dere vite mer om?
inspect-note = Mer om det (valgfritt)
inspect-note-hint = Skriv ikke noe om helse eller om hvem de innreisende er.
inspect-outcome = Hva kom ut av det?
inspect-outcome-hint = Kontrollsenteret får vite resultatet. I statistikken står det uten navn.
inspect-missing-wanted = Velg minst én ting.
inspect-missing-outcome = Velg et resultat.
inspect-return-do = Send tilbake
inspect-close-do = Lukk
inspect-acknowledged = { $count ->
    [one] 1 henvisning er tatt til behandling.
   *[other] { $shown } henvisninger er tatt til behandling.
}
inspect-returned = { $count ->
    [one] 1 henvisning er sendt tilbake.
   *[other] { $shown } henvisninger er sendt tilbake.
}
inspect-closed = { $count ->
    [one] 1 henvisning er lukket.
   *[other] { $shown } henvisninger er lukket.
}
inspect-missed = { $count ->
    [one] 1 var lukket eller slettet.
   *[other] { $shown } var lukket eller slettet.
}
inspected-made = Henvist { $moment }
inspected-deleted = Slettes senest { $moment }.
inspected-reference = Referanse: { $reference }
inspected-corrected = Kontrollsenteret har rettet samtalen. Den gir ikke lenger grunn til henvisningen.
inspected-in-hand = Til behandling fra { $moment }
inspected-returned = Sendt tilbake { $moment }. Ønsker å vite mer om: { $wanted }
inspected-note = Merknad: { $note }
inspected-closed = Lukket { $moment }: { $outcome }
referral-stage-open = Ny
referral-stage-in-hand = Til behandling
referral-stage-returned = Sendt tilbake
referral-stage-closed = Lukket
wanted-address = nøyaktig adresse
wanted-employer = hvilken arbeidsgiver det er
wanted-lodging = hvordan folk er innkvartert
wanted-work = hva slags arbeid som ble gjort
wanted-still-so = om det fortsatt er slik
inspection-nothing-found = Undersøkt, ingenting galt
inspection-guided = Arbeidsgiver fikk veiledning
inspection-ordered = Pålegg
inspection-stopped = Arbeid eller innkvartering stanset
inspection-fined = Tvangsmulkt eller overtredelsesgebyr
inspection-reported = Anmeldt til politiet
inspection-known-already = Kjent fra en annen sak
inspection-passed-on = Sendt videre til en annen etat
inspection-not-followed-up = Ikke fulgt opp
referral-title = Henvisning til Arbeidstilsynet
referral-offer = Den siste samtalen tyder på at en arbeidsgiver kan ha sviktet. Arbeidstilsynet får ikke vite det før du henviser.
referral-begin = Henvis til Arbeidstilsynet
referral-more = Svar med mer
referral-after-call = Henvis arbeidsgiveren til Arbeidstilsynet
referral-lead = Bare det som står her, forlater registeret. Navn, nummer, telefon, helse og dine egne ord gjør det ikke.
referral-employer-name = Arbeidsgiverens navn
referral-address = Adressen der den reisende er innkvartert
referral-facts = Hva skal Arbeidstilsynet få vite?
referral-missing-name = Skriv navnet på arbeidsgiveren.
referral-missing-address = Skriv adressen.
referral-wrong-postcode = Et postnummer har fire sifre.
referral-missing-facts = Velg minst ett brudd, hvor mange som sover i rommet, eller at det er bedt om arbeid.
referral-look = Se hva som sendes
referral-leaves = Nøyaktig dette sendes til Arbeidstilsynet
referral-file = Filen { $name }
referral-joins = Arbeidsgiveren og stedet er henvist for noen i samme følge. Dette legges til der, uten et eget brev.
referral-send = Send til Arbeidstilsynet
referral-made = Henvist til Arbeidstilsynet.
referral-joined = Lagt til i en henvisning som var der.
referral-made-by = Henvist { $moment } av { $name }
referral-corrected = Samtalen er rettet og gir ikke lenger grunn til henvisningen. Arbeidstilsynet ser det.
referral-told-on = Sagt { $day }.
referral-arrived-on = Kom til Norge { $day }.
letter-joined = Uten eget brev: en henvisning for samme følge er sendt.
letter-waits = Brevet sendes om litt.
letter-off = Brev er ikke satt opp her. Arbeidstilsynet ser henvisningen i innboksen sin.
letter-sent = Brevet ble levert til eFormidling { $moment }.
letter-status = Brevet: { $status } ({ $moment })
letter-again = Send brevet på nytt
delivery-sent = sendt
delivery-received = mottatt av systemet deres
delivery-delivered = levert
delivery-read = lest
delivery-refused = ikke levert, avvist av eFormidling
delivery-failed = ikke levert
delivery-expired = ikke levert i tide
delivery-unknown = ikke levert så langt vi vet
unit-title = Enhetsregisteret
unit-asking = Spør Enhetsregisteret …
unit-unavailable = Enhetsregisteret svarer ikke nå.
unit-off = Oppslag i Enhetsregisteret er ikke satt opp her.
unit-not-found = Nummeret finnes ikke i Enhetsregisteret.
unit-dissolved = Slettet { $day }
unit-bankrupt = Konkurs
unit-winding-up = Under avvikling
unit-name = Registrert navn
unit-form = Organisasjonsform
unit-address = Adresse
unit-founded = Stiftet
unit-employees = Ansatte
unit-part-of = Del av
unit-asked = Hentet kl. { $time }
board-referrals = Henvist til Arbeidstilsynet
board-referrals-undelivered = { $count ->
    [one] 1 brev kom ikke fram. Innreisen viser hvorfor, og lar deg sende det på nytt.
   *[other] { $shown } brev kom ikke fram. Innreisene viser hvorfor, og lar deg sende dem på nytt.
}
board-referrals-waiting = Brev som venter: { $count }, det eldste siden { $moment }
board-referrals-outcomes = Hva som kom ut av dem som er lukket
board-referrals-count = Antall
timeline-referral-made = Arbeidsgiveren ble henvist til Arbeidstilsynet
timeline-referral-joined = Arbeidsgiveren ble henvist til Arbeidstilsynet, sammen med andre i følget
timeline-referral-sent = Henvisningen ble levert til eFormidling
timeline-referral-delivery = Henvisningen: { $status }
timeline-referral-received = Arbeidstilsynet har henvisningen til behandling
timeline-referral-returned = Arbeidstilsynet vil vite mer om: { $wanted }
timeline-referral-completed = Henvisningen ble utfylt
timeline-referral-resent = Henvisningen sendes på nytt
timeline-referral-closed = Arbeidstilsynet lukket henvisningen: { $outcome }
actor-referrals = utsending av henvisninger

# Who somebody is, and what tests say
timeline-identity-assigned = { $kind } { $number } ble tildelt: { $place }
timeline-identity-withdrawn = { $kind } hører ikke til den reisende
timeline-joined-person = Samme person som en annen innreise
timeline-separated-person = Likevel en annen person enn i en annen innreise
timeline-protected = Adressen er fortrolig
timeline-not-protected = Adressen er ikke lenger fortrolig
timeline-result-received = Prøvesvar: { $class } ({ $state }), { $laboratory }
timeline-result-looked-up = Prøvesvar ble slått opp
timeline-result-not-answered = Prøvesvar ble slått opp, men tjenesten svarte ikke
timeline-result-corrected = Prøvesvaret er rettet: { $before } ble til { $after }
results-kind-corrected = Slag prøve: { $before } ble til { $after }
results-day-corrected = Prøven tatt: { $before } ble til { $after }
timeline-correction-settled = De som hadde fått et annet svar, vet nå
assigned-border-station = teststasjon på grensen
assigned-tax-office = skattekontor på grensen
assigned-by-hand = for hånd, mot dokument
assigned-allocation-service = tildelt av tjenesten for hjelpenummer
result-detected = Positiv
result-not-detected = Negativ
result-inconclusive = Ikke konklusivt
result-unknown = Ukjent
sample-planned = planlagt
sample-preliminary = foreløpig
sample-final = endelig
sample-revised = rettet
sample-cancelled = avlyst
test-kind-pcr = PCR
test-kind-antigen = Hurtigtest
laboratory-unknown = ukjent laboratorium
actor-register = registeret
actor-results = prøvesvartjenesten
same-person-open = Åpne den andre innreisen
nav-results = Prøvesvar
results-title = Prøvesvar
results-samples = Prøver
results-answer = Svar
results-kind = Test
results-taken = Tatt
results-taken-unsure = { $date } (dagen laboratoriet fikk prøven)
results-received = Mottatt
results-laboratory = Laboratorium
results-none = Ingen prøver er kjent.
results-not-kept = Prøvesvar lagres ikke. Slå opp for å se svaret.
results-positive = Positivt prøvesvar
results-positive-do = Kommunen tar over oppfølgingen. Innreisen er tatt ut av køen. Er du midt i en samtale, si at kommunelegen tar kontakt, og avslutt.
results-looked-up = Slått opp { $moment } av { $name }
results-look-up = Slå opp prøvesvar
results-look-up-answered = Tjenesten svarte { $moment }.
results-look-up-cut = Tjenesten svarte { $moment }, men ikke med alt. Det som mangler, kan være et annet svar.
results-look-up-unknown = Ukjent, prøv igjen. Tjenesten svarte ikke.
results-look-up-refused = Tjenesten avviser oppslaget. Si fra til vaktleder.
results-look-up-no-number = Den reisende har ikke noe nummer som det kan slås opp på.
results-told =
    { $count ->
        [0] Ingen hadde fått det forrige svaret.
        [one] Én hadde fått det forrige svaret:
       *[other] { $count } hadde fått det forrige svaret:
    }
results-told-call = Samtale { $moment } med { $name }
results-told-message = SMS { $moment }
results-settle = Lagre som gjort
results-settle-hint = Hva ble gjort, og hvem fikk beskjed?
results-settled = Ordnet av { $name }: { $note }
person-title = Identitet
person-no-number = Den reisende har ikke oppgitt noe nummer. Et prøvesvar kan ikke kobles.
person-conflict = To nummer av samme slag. Finn ut hvilket som er riktig.
person-protected = Fortrolig adresse. Innreisen vises ikke i lister og eksporter.
person-given = oppgitt ved registrering
person-assigned = { $place }, { $moment }, av { $name }
person-others = Kan være samme person
person-score = { $percent } % sikkert
person-joined = koblet
person-separated = ikke samme person
person-undecided = ikke avgjort
person-join = Koble: samme person
person-separate = Skill fra hverandre
person-separate-why = Hvorfor de ikke er samme person
person-assign = Registrer et nummer
person-kind = Slags nummer
person-number = Nummer
person-at = Hvor det ble tildelt eller funnet
person-place = Stasjon eller skranke (valgfritt)
person-assign-save = Lagre nummeret
person-protect = Sett fortrolig adresse
person-unprotect = Opphev fortrolig adresse
match-same-national-number = samme nummer
match-different-national-number = ulike nummer
match-same-passport = samme pass
match-same-birth-date = samme fødselsdato
match-birth-date-transposed = dag og måned byttet om
match-different-birth-date = ulik fødselsdato
match-same-name = samme navn
match-name-transposed = for- og etternavn byttet om
match-name-transliterated = samme navn med andre bokstaver
match-name-close = nesten samme navn
match-different-name = ulike navn
match-same-phone = samme telefon
match-same-email = samme e-post
match-same-party = samme reisefølge
match-board-title = Prøvesvar
board-obligations = Testplikter med svar
board-share = { $percent } % av dem som skal testes, har et svar
board-nobody-owes = Ingen skal testes nå.
board-mode = { $mode }
board-owing = Skal testes
board-with-answer = Med svar
board-pending = Prøve uten svar
board-without-test = Uten prøve
board-without-number = Uten nummer å koble på
board-corrections = Rettede svar å følge opp
board-matches = Koblede svar
board-caption = Prøvesvar per dag, laboratorium og grensestasjon
board-day = Dag
board-station = Grensestasjon
board-no-station = –
board-matched = Koblet
board-repeated = Gjentatt
board-ambiguous = Tvetydig
board-unmatched = Ikke koblet
board-nothing = Ingen prøvesvar er mottatt.
not-tested-title = Ikke testet
not-tested-caption = Innreiser som skulle vært testet og ikke har en prøve
not-tested-by = Skulle testes innen
not-tested-number = Nummer
not-tested-has-number = ja
not-tested-no-number = mangler
not-tested-nobody = Alle som skulle testes, har en prøve.
not-tested-more = Vis flere
result-mode-store = Prøvesvar lagres til innreisen slettes
result-mode-look-up = Prøvesvar slås opp og lagres ikke
result-mode-wash-list = Køen vaskes: bare de med negativt svar ringes
result-policy-title = Hva som skjer med prøvesvar
result-policy-line = Fra { $date }: { $mode }. { $reason } ({ $name })
result-policy-adopt = Vedta en annen ordning
result-policy-mode = Ordning
result-policy-from = Gjelder fra
result-policy-reason-hint = Hjemmel eller grunn. Den står i loggen.
result-policy-save = Vedta

## Who was shown what
nav-disclosures = Innsyn
print = Skriv ut
disclosures-title = Hvem så hva
disclosures-lead = Hver gang noen får se opplysninger om en innreise, skrives det ned før de vises. Loggen kjenner innreisene bare ved tilfeldige numre.
disclosures-filter = Søk i loggen
disclosures-find = Finn innreisen til en som ber om innsyn
disclosures-find-hint = Fødselsnummer, telefon eller referansekode som personen viser. Det du skriver, lagres ikke.
disclosures-statement-of = Ankomst { $arrival }, registrert { $registered }, slettes { $ends }: vis hvem som har sett
disclosures-by-entry = Innreisens nummer
disclosures-by-who = Brukerens id
disclosures-by-receiver = Mottaker (organisasjonsnummer)
disclosures-municipality = Mottaker (kommune)
disclosures-kind = Hvordan
disclosures-from = Fra og med
disclosures-until = Til og med
disclosures-caption = Utleveringer, de siste først
disclosures-at = Tidspunkt
disclosures-who = Hvem
disclosures-what = Hva
disclosures-count = Antall
disclosures-purpose = Formål
disclosures-basis = Hjemmel
disclosures-receiver = Mottaker
disclosures-entries = Innreiser
disclosures-others = { $count ->
    [one] og 1 til
   *[other] og { $shown } til
}
disclosures-none-title = Ingen utleveringer passer
disclosures-none = Ingen har fått se noe som passer med søket.
disclosure-what = { $kind }: { $shown }
disclosure-opened = Åpnet
disclosure-listed = Vist i liste
disclosure-searched = Søkt
disclosure-exported = Tatt ut i fil
disclosure-fed = Hentet av fagsystem
disclosure-referred = Henvist
disclosure-reported = Rapportert
disclosure-looked-up = Slått opp i annen kommune
shown-record = hele innreisen
shown-raw-records = kildens egne opplysninger
shown-timeline = hendelsene
shown-quarantine = karantene og frister
shown-party = reisefølget
shown-row = rad i listen
shown-municipal-row = rad i kommunens liste
shown-plain-row = rad uten helseopplysninger
shown-plain-record = innreisen uten helseopplysninger
shown-call-card = ringekort
shown-report = rapport fra samtale
shown-dates = bare datoer
shown-disclosures = hvem som har sett
shown-look-up = oppslag på tvers av kommuner
shown-referral = henvisning
shown-feed = opplysninger til fagsystem
shown-hotel-guest = gjest på karantenehotell
shown-test-result = prøvesvar
purpose-quarantine-follow-up = Oppfølging av karanteneplikten
purpose-municipal-follow-up = Kommunens oppfølging
purpose-contact-tracing = Smittesporing
purpose-quarantine-service = Grensetest og karantenehotell
purpose-labour-inspection = Tilsyn med arbeidsgivere
purpose-data-subject-rights = Den registrertes rettigheter
legal-basis-5c-control-centre = covid-19-forskriften § 5c andre ledd
legal-basis-5c-municipal-doctor = covid-19-forskriften § 5c tredje ledd (kommunelege)
legal-basis-5c-labour-inspectorate = covid-19-forskriften § 5c tredje ledd (Arbeidstilsynet)
legal-basis-5b-quarantine-service = covid-19-forskriften § 5b
legal-basis-gdpr-data-subject = personvernforordningen artikkel 12–22
receiver-control-centre = Kontrollsenteret
statement-title = Hvem har sett opplysningene
statement-back = Til søket i loggen
statement-lead = Denne oversikten viser hvem som har fått se opplysningene om innreisen, når, til hvilket formål og med hvilken hjemmel.
statement-registered = Innreisen ble registrert { $moment }.
statement-ends = Alt om den slettes senest { $moment }.
statement-made = Oversikten ble laget { $moment }.
statement-entry = Innreisens nummer:
statement-caption = Hvem som har sett, de første først. Oppslag med mindre enn ti minutters mellomrom står på én linje.
statement-nobody-title = Ingen har sett opplysningene
statement-nobody = Det er ikke vist noe om denne innreisen til noen ennå.
statement-gone-title = Innreisen finnes ikke lenger
statement-gone = Når en innreise er slettet, kan ingen se hvem den gjaldt. Loggen kan fortsatt søkes i ved innreisens nummer.
statement-rights = Spørsmål om oversikten går til personvernombudet. Du kan klage til Datatilsynet.

# Files of lists
export-sheet-cover = Forside
export-sheet-rows = Innreiser
export-sheet-differences = Endret siden sist
export-municipality = Kommune
export-list = Liste
export-filter = Utvalg
export-no-filter = Alle
export-made-at = Laget
export-made-by = Laget av
export-file-id = Filens id
export-rows = Rader
export-differences = Endret siden du sist så
export-gone-by = Filen slettes senest
export-sha256 = SHA-256 av radene
export-note = Om filen
export-note-words = Filen inneholder personopplysninger. Den skal slettes senest på tidspunktet over, også kopier av den og e-post den er sendt med. Uttaket er ført i innsynsloggen.
export-id = Id
export-mark = Nytt
export-birth-date = Fødselsdato
export-place = Karantenested
export-place-name = Stedets navn
export-address = Adresse
export-postcode = Postnummer
export-obligation = Plikt
export-quarantine-ends = Karantene til
export-calls = Oppringninger
export-last-call = Sist oppringt
export-outcome = Utfall
export-result = Prøvesvar
export-due = Hva skjer videre
export-moved = Flyttet
export-news = Nytt
export-arrival-from = Ankomst fra
export-arrival-to = Ankomst til
export-tab-responsible = Ansvarlig
export-tab-hotel = Hotell her
export-tab-destination = Skal hit
export-tab-formerly = Tidligere våre
export-news-new = bare nye
export-news-changed = bare endrede
export-news-either = nye og endrede
export-mark-new = ny
export-mark-changed = endret
export-mark-gone = flyttet
export-move-hotel-stay = bor på karantenehotell
export-move-hotel-left = har reist fra karantenehotellet
export-move-source-changed = stedet er rettet
export-move-decided = bestemt på arbeidsbenken
export-move-declined = sendt tilbake
export-step-call = Ringes
export-step-call-back = Ringes tilbake etter avtale
export-step-followed-up = Fulgt opp
export-step-handed-over = Kommunen har overtatt
export-step-not-reached = Ikke nådd
export-step-not-obliged = Ingen plikt
export-step-departed = Har reist
export-step-not-called = Ringes ikke
ground-export-xlsx = Regneark
ground-export-csv = CSV-fil
export-as-xlsx = Hent regneark
export-as-csv = Hent CSV

# Delegation and look-up
nav-delegations = Delegering
nav-look-up = Oppslag
ground-official-need = Tjenstlig behov
delegations-title = Delegeringer
delegations-lead = De du delegerer til, arbeider i ditt sted i kommunen. En delegering som ikke er bekreftet på 31 dager, gir ingen tilgang før den blir bekreftet.
delegations-caption = Delegeringer i kommunen
delegations-name = Navn
delegations-user = Brukerens id
delegations-access = Tilgang
delegations-until = Til og med
delegations-confirm-before = Bekreft før
delegations-state = Tilstand
delegations-actions = Handlinger
delegations-with-health = Med helseopplysninger
delegations-without-health = Uten helseopplysninger
delegations-confirm-now = Må bekreftes
delegations-confirmation = Bekreft
delegations-withdrawal = Trekk tilbake
delegations-confirmation-of = Bekreft delegeringen til { $name }
delegations-withdrawal-of = Trekk tilbake delegeringen til { $name }
delegations-give = Ny delegering
delegations-save = Deleger
delegation-living = Gjelder
delegation-asleep = Sover
delegation-ended = Utløpt
delegation-withdrawn = Trukket tilbake
look-up-title = Oppslag i andre kommuner
look-up-lead = Finn ut hvilken kommune som har ansvaret for en person. Oppslaget krever en grunn og blir logget. Høyst ti oppslag i timen.
look-up-query = Fødselsnummer, passnummer, telefon eller referansekode, i sin helhet
look-up-reason-hint = Skriv hvorfor du trenger det. Personvernombudet kan lese grunnen.
look-up-send = Slå opp
look-up-none = Fant ingen.
look-up-nobody = Ingen kommune ennå
look-up-left = { $count ->
    [one] Ett oppslag igjen denne timen.
   *[other] { $count } oppslag igjen denne timen.
}

nav-hotel = Karantenehotell
role-hotel-staff = Ansatt på karantenehotell
hotel-title = Karantenehotell
hotel-lead = Skriv inn og ut gjestene på hotellet. Kommunen som har ansvaret for oppfølgingen, ser det med en gang.
hotel-arrival-title = Gjest i skranken
hotel-query = Referansekode eller nummer
hotel-query-hint = Hele koden fra kvitteringen for innreiseregistreringen, eller hele fødselsnummeret, d-nummeret eller passnummeret.
hotel-query-missing = Skriv koden eller nummeret
hotel-none = Ingen har denne koden eller dette nummeret. Se etter at alt er skrevet riktig, eller be om kvitteringen.
hotel-found = Født { $born } · kom til landet { $arrival }
hotel-until-field = Ventes å reise (kan stå åpent)
hotel-stays-here = Bor her
hotel-stays-elsewhere = Er sjekket inn på et annet karantenehotell
hotel-check-in = Sjekk inn
hotel-change = Sjekk inn her (bytter hotell)
hotel-check-out = Sjekk ut
hotel-check-out-of = Sjekk ut { $name }
hotel-checked-in = { $name } er sjekket inn.
hotel-checked-out = { $name } er sjekket ut.
hotel-guests-title = Gjester
hotel-guests-caption = Gjester etter navn
hotel-count = { $count ->
    [one] 1 gjest
   *[other] { $shown } gjester
}
hotel-more = Det er flere enn dem som vises.
hotel-since = Kom
hotel-until = Ventes å reise
hotel-leave-column = Avreise
hotel-empty-title = Ingen gjester
hotel-empty = Når noen sjekkes inn, står de her.
hotel-protected = Gjester med fortrolig adresse står ikke i listen. De finnes med referansekoden.
hotel-leave-title = Sjekke ut { $name }?
hotel-leave-text = Ansvaret for oppfølgingen går over til kommunen gjesten reiser videre til. Blir det feil, kan gjesten sjekkes inn igjen.
timeline-hotel-checked-in = Sjekket inn på { $hotel } ({ $municipality })
timeline-hotel-checked-out = Sjekket ut av karantenehotellet
