# English. The three files have the same keys in the same order. Plain and short: what happened, what to do.

## The product and the frame
product = Kontrollsenteret
skip-link = Skip to the content
nav-label = Main menu
nav-municipality = Municipality
nav-entries = Entries
nav-call = Call
nav-board = Board
nav-workbench = National workbench
nav-register = State of the register
nav-retention = Deletion
preferences-label = Settings and user
preferences-open = Settings
language-label = Language
scheme-label = Colours
scheme-light = Light
scheme-dark = Dark
scheme-auto = As the device
shortcuts-open = Shortcuts
log-out = Log out
demo-note = Demo: all people are invented.
ten-days = Everything about a person is deleted ten days after the entry was registered, at the latest.
loading = Loading …
close = Close
cancel = Cancel
back-to-entries = To the list of entries
back-to-municipality = To the list of the municipality

## Whether news comes in
feed-label = Intake and updates
feed-last = Latest news from the source: { $time }
feed-last-day = Latest news from the source: { $moment }
feed-none = No news from the source yet
feed-today = { $count ->
    [one] 1 entry registered today
   *[other] { $shown } entries registered today
}
feed-lag = { $count ->
    [one] The lists are 1 event behind
   *[other] The lists are { $shown } events behind
}
feed-silent = { $count ->
    [one] No news has come from the source for 1 minute. Tell the shift lead.
   *[other] No news has come from the source for { $shown } minutes. Tell the shift lead.
}
live-connecting = Connecting …
live-on = Updates as things happen
live-retrying = Last updated { $time } – reconnecting

## Roles
role-caller = Caller
role-shift-lead = Shift lead
role-municipal-doctor = Municipal doctor
role-delegate-with-health = Delegate with health access
role-delegate-without-health = Delegate without health access
role-labour-inspector = Labour inspector
role-data-protection-officer = Data protection officer
role-machine = Machine

## Log in
login-title = Log in
login-lead = Choose who you want to be. The demo needs no password.
login-button = Log in as { $name }
login-missing-title = Login is not set up
login-missing = This installation has no login yet. Contact those who run the register.
login-municipality = Municipality: { $name }
ended-title = Your session is over
ended-text = You are logged out. What you have saved is safe. Log in again to go on.
ended-button = Log in again
ended-here-text = Log in again here to go on where you were. What you have typed is not lost.
ended-here-other = If somebody else logs in, what has not been saved is gone.
ended-elsewhere = I have logged in in another tab
denied-title = You may not see this page
denied-text = Your role has no access here. If you need it, talk to whoever manages access.

## Start page of roles with nothing to do yet
home-title = Welcome
home-other = Your role has no tasks here yet.

## The list
entries-title = Entries
entries-caption = Entries, { $from }
filter-label = Filter entries
filter-municipality = Responsible municipality
filter-municipality-hint = Name or number
filter-municipality-unknown = No municipality has this name. Choose one from the list.
filter-status = Follow-up
filter-arrival-from = Arrival from
filter-arrival-to = Arrival to
filter-language = Language
filter-obligation = Obligation
filter-place = Quarantine place
filter-employer = Employer's organisation number
filter-employer-wrong = An organisation number has nine digits.
filter-unroutable = Without a responsible municipality
filter-any = All
filter-more = More filters
filter-active = Active filters
filter-remove = Remove filter: { $name }
filter-remove-all = Remove all filters
chip = { $name }: { $value }
sort-label = Order
sort-arrival-descending = Latest arrival first
sort-arrival-ascending = Earliest arrival first
sort-registered-descending = Latest registered first
sort-registered-ascending = First deleted first
counts-label = Number by follow-up
counts-shown = { $count ->
    [one] Showing { $shown } of 1 entry
   *[other] Showing { $shown } of { $total } entries
}
counts-all = All
status-not-set = Not set
status-ok = OK
status-not-ok = Not OK
status-no-answer = No answer
obligation-quarantine = Quarantine
obligation-exempt = Exempt
obligation-unknown = Unknown
column-arrival = Arrival
column-name = Name
column-birth-year = Born
column-phone = Phone
column-municipality = Municipality
column-language = Language
column-obligation = Obligation and place
column-status = Follow-up
column-flags = Flags
column-ends = Deleted by
column-matched = Found by
name-missing = No name
phone-missing = No number
municipality-missing = None yet
not-told = Not told
flag-count = { $count ->
    [one] 1 flag
   *[other] { $shown } flags
}
page-next = Next
page-previous = Previous
page-label = Pages
page-number = Page { $shown }
list-new-rows = { $count ->
    [one] 1 new – show
   *[other] { $shown } new – show
}
list-changed-rows = The list has changed – show
list-announce-new = { $count ->
    [one] 1 new entry in the list
   *[other] { $shown } new entries in the list
}
row-new = New
row-changed = Changed
empty-none-title = No entries now
empty-none = New entries appear here by themselves when the source reports them.
empty-filtered-title = No entry matches the filter
empty-filtered = { $count ->
    [one] There is 1 entry without a filter. Remove the filter to see it.
   *[other] There are { $shown } entries without a filter. Remove a filter to see more.
}
empty-page-title = This page is empty
empty-page = The entries here have been deleted or moved. Go to the first page.
empty-first-page = To the first page

## Failures
retry = Try again
failure-offline-title = No contact with the register
failure-offline = Check your connection and try again. Nothing is lost.
failure-unreadable-title = The answer could not be read
failure-unreadable = The fault is ours. Try again shortly. If that does not help, reload the page.
failure-reference = Reference: { $reference }

## Search
search-label = Search for an entry
search-hint = Name, national number, phone or reference code
search-button = Search
search-title = Search
search-idle-title = Search for a traveller
search-idle = Type in the search field above. Names may be slightly misspelt.
search-found = { $count ->
    [one] 1 hit
   *[other] { $shown } hits
}
search-more = There are more hits. Type more to narrow them down.
search-none-title = No hits
search-none = Try fewer words, a phone number or a reference code. Entries older than ten days are deleted.
search-caption = Hits, best first
matched-identity = Identity number
matched-reference-code = Reference code
matched-phone = Phone
matched-employer = Employer
matched-name = Name
matched-name-prefix = Beginning of the name
matched-name-sound = A name that sounds alike

## One entry
entry-title = Entry
entry-not-found-title = The entry was not found
entry-not-found = The link is wrong, or the entry belongs to a municipality you have no access to.
entry-ended-title = The entry has been deleted
entry-ended = The ten days are over. Everything about the entry is gone and cannot be brought back.
entry-deleted-by = Deleted by { $moment }
entry-deleted = Deleted at the latest
entry-days-left = { $count ->
    [0] less than a day left
    [one] 1 day left
   *[other] { $shown } days left
}
section-trip = The trip
section-quarantine = Quarantine
section-person = The person
section-employer = Employer
section-flags = Flags in the data
section-party = Travel party
section-timeline = Events
section-raw = The source's data
fact-arrival = Arrival
fact-registered = Registered
fact-status = Follow-up
fact-status-since = { $status }, set { $moment }
fact-municipality = Responsible municipality
fact-arrival-municipality = Municipality of arrival
fact-hotel-municipality = The hotel's municipality
fact-basis = The municipality was found by
basis-hotel = the hotel's municipality during the stay
basis-destination = the municipality that the source gave
basis-postcode = the postcode
basis-manual = a decision at the workbench
basis-unroutable = not found yet
basis-declined = sent back by the municipality
fact-travel-method = Means of travel
fact-travel-details = Route or registration
fact-departure = Travelled from
fact-transit = Travelled through
fact-travellers = Travelling together
fact-travellers-value = { $count ->
    [one] 1 person
   *[other] { $shown } people
}
fact-under-16 = { $count ->
    [one] 1 under 16
   *[other] { $shown } under 16
}
fact-leisure = Leisure trip
fact-necessary = Necessary trip
fact-border-crossed = Border crossing
fact-border-station = Border station
fact-border-assessment = Assessment at the border
fact-reference-codes = Reference codes
fact-obligation = Obligation
fact-exemption = Exemption
fact-exemption-detail = Details of the exemption
fact-place = Quarantine place
fact-place-name = Name of the place
fact-address = Address
fact-hotel-at-arrival = Hotel at arrival
fact-hotel-from = At the hotel from
fact-hotel-at-departure = Hotel at departure
fact-hotel-until = At the hotel until
fact-birth-date = Born
fact-phones = Phone
fact-phone-undiallable = { $given } (cannot be dialled)
fact-email = Email
fact-language = Language
fact-residence = Residence
fact-identities = Identity
identity-national-identity-number = National identity number
identity-d-number = D-number
identity-common-auxiliary-number = Common auxiliary number
identity-passport = Passport
identity-unknown = Unknown kind
check-valid = check digits are right
check-synthetic = synthetic, for tests only
check-unchecked = not checked
check-failed = check digits are wrong
fact-employer-name = Name
fact-employer-number = Organisation number
fact-employer-address = Address
fact-employer-contact = Contact person
fact-employer-phone = Contact phone
yes = Yes
no = No
flag-line = { $field }: { $reason }
flag-unknown-code = the code is in no code list
flag-unknown-value = the value is not among those agreed on
flag-unknown-field = the field is not agreed on
flag-not-a-number = is not a number
flag-not-a-date = is not a date
flag-implausible-date = the date cannot be right
flag-undiallable-phone = the number cannot be dialled
flag-failed-identity-check = the check digits are wrong
flag-conflicting-identity = the identities contradict each other
flag-failed-org-number-check = the organisation number has a wrong check digit
flag-unknown-postcode = the postcode did not exist at the time
flag-unknown-municipality = the municipality did not exist at the time
flag-conflicting-municipality = two fields give different municipalities
flag-damaged-text = the text looks damaged
party-none = No others are known in the travel party.
party-caption = Others in the travel party
timeline-registered = Registered
timeline-registered-code = Reference code { $code }
timeline-updated = Updated by the source
timeline-joined = The same trip under a new reference code
timeline-routed = Municipality chosen: { $municipality }
timeline-declined = The municipality of { $municipality } sent the entry back
timeline-reason = Reason: { $reason }
timeline-end-requested = Early deletion asked for
timeline-end-withdrawn = Early deletion rejected or withdrawn
timeline-end-confirmed = Early deletion approved
timeline-dialled-outbound = Rang { $phone }
timeline-dialled-inbound = Was rung from { $phone }
timeline-concluded = Result of the call
timeline-corrected = The result was corrected
timeline-corrected-former = The former result stands further up.
timeline-undone = The result was taken back at once
timeline-skipped = The caller gave the card back
timeline-directed-as-policy = Place in the queue: as usual
timeline-directed-first = Place in the queue: put first
timeline-directed-to = Place in the queue: given to { $name }
timeline-directed-set-aside = Place in the queue: set aside until { $moment }
timeline-reviewed-good = The conversation was reviewed and was as it should be
timeline-reviewed-other = The conversation was reviewed and could have been better
timeline-number-wrong = { $phone } belongs to somebody else
timeline-message-ordered = Text message ordered: { $message } ({ $language })
timeline-message-accepted = Text message sent
timeline-message-delivered = Text message delivered
timeline-message-failed = Text message was not delivered
timeline-message-invalid-recipient = The number cannot receive text messages
timeline-message-unknown = It is not known whether the text message arrived
timeline-message-stopped = Text message stopped: { $why }
outcome-hidden = You do not have access to the content.
outcome-employer = The employer may have failed
outcome-call-back = Call back: { $moment }
outcome-language = Language needed: { $language }
outcome-note = Note: { $note }
outcome-answers = Answers to the questions
contact-answered = Answered
contact-no-answer = No answer
contact-busy = Busy
contact-voicemail-left = Voicemail, left a message
contact-wrong-number = Wrong number
contact-number-not-in-service = Number not in service
contact-language-barrier = No language in common
contact-refused = Would not talk
contact-call-back-requested = Wants to be called later
contact-hung-up = Hung up
contact-third-party = Somebody else answered
assessment-understands-and-complies = Knows the rules and keeps them
assessment-needed-guidance-now-complies = Needed guidance, keeps them now
assessment-suspected-breach = Suspected breach
assessment-exempt-confirmed = Is exempt
assessment-left-country = Has left Norway
assessment-not-travelled = Never came to Norway
assessment-positive-referred-to-municipality = Tested positive, the municipality follows up
assessment-unable-to-assess = Cannot be assessed
breach-not-at-place = Is not at the place of quarantine
breach-working = Is at work among others
breach-receives-visitors = Receives visitors
breach-shared-room = Shares a bedroom
breach-shared-facilities = Shares bathroom or kitchen with others
breach-among-people = Is among people or uses public transport
breach-test-not-taken = Has not taken the test
breach-other = Something else (say what in the note)
skip-knows-the-traveller = I know the traveller
skip-language-not-spoken = I do not speak the language
skip-just-spoken-with = Somebody has just spoken with the traveller
skip-card-looks-wrong = The card cannot be right. A shift lead must look at it
skip-shift-ends = My shift is over
message-day-2 = second day of quarantine
message-day-5 = fifth day of quarantine
message-no-answer = we rang and nobody answered
message-guidance-after-call = guidance after the call
message-language-barrier = somebody who speaks the language will ring
stop-out-of-scope = the traveller is no longer followed up
stop-handed-over = the municipality has taken over
stop-quarantine-over = the quarantine is over
stop-wrong-number = the number belongs to somebody else
timeline-by = by { $actor }
timeline-change-caption = Changed fields
timeline-field = Field
timeline-before = Before
timeline-after = After
timeline-empty = empty
actor-feed = the source
actor-file = a file
actor-demo = the demo
raw-lead = As the source sent them, oldest first. Looking at them is logged.
raw-record = Record { $shown }
raw-field = Field
raw-value = Value

## The national workbench
workbench-title = National workbench
workbench-lead = No municipality is responsible for these entries. Those deleted first come first.
workbench-caption = Entries without a responsible municipality
workbench-total = { $count ->
    [one] 1 entry is waiting
   *[other] { $shown } entries are waiting
}
workbench-empty-title = Every entry has a municipality
workbench-empty = New entries without a municipality appear here by themselves.
workbench-address = Address as told
workbench-postcode = Postcode
workbench-suggestions = Suggestions
workbench-no-suggestions = None
workbench-declined = Sent back by { $municipality } { $moment } ({ $name }): { $reason }
workbench-action = Action
workbench-choose = Choose municipality
workbench-choose-for = Choose municipality for { $name }
workbench-load-more = Show more
route-title = Choose the responsible municipality
route-municipality = Municipality
route-suggested = Suggested
route-reason = Reason
route-reason-hint = Why this municipality? At most 500 characters. It is kept and deleted with the entry.
route-submit = Send to the municipality
route-sending = Sending …
route-missing-municipality = Choose a municipality from the list.
route-missing-reason = Write a reason of 1–500 characters.
route-done = Sent to { $municipality }.
route-changed-title = Somebody else has changed the entry
route-changed = Your choice is not saved. Look at the new version and choose again.
route-reload = Get the new version

## The lists of a municipality
municipality-title = Entries of the municipality
municipality-heading = Entries in { $municipality }
municipality-caption = Entries in the list
municipality-empty-title = No entries here now
municipality-empty = When an entry belongs to this list, it appears by itself.
municipality-empty-filtered = Remove a filter to see more.
tabs-label = Lists
tab-responsible = Ours to follow up
tab-hotel = At a hotel here
tab-destination = On the way here
tab-formerly = Recently moved away
news-label = New since last time
news-first-time = The first time you are here nothing is marked. Mark everything as seen when you have gone through the list. After that you see what is new, changed, moved or deleted.
news-since = New since you last looked ({ $moment }):
news-none = Nothing new since you last looked ({ $moment }).
news-new = { $count ->
    [one] 1 new
   *[other] { $shown } new
}
news-changed = { $count ->
    [one] 1 changed
   *[other] { $shown } changed
}
news-moved = { $count ->
    [one] 1 moved
   *[other] { $shown } moved
}
news-ended = { $count ->
    [one] 1 deleted
   *[other] { $shown } deleted
}
news-mark-seen = Mark everything as seen
news-none-title = Nothing new here
news-none-here = No entries in this list are what you chose to see.
news-show-all = Show the whole list
mark-new = New
mark-changed = Changed
mark-gone = Moved
column-stay = Stays at
column-quarantine-ends = Quarantine through
column-result = Test result
column-due = Next step
result-none = None known
call-not-concluded = outcome not written down
last-call-outbound = Called { $moment }
last-call-inbound = Rang us { $moment }
last-call-corrected = The outcome was corrected
plain-call = Last called { $moment }
plain-call-reached = Last called { $moment }, reached
plain-call-not-reached = Last called { $moment }, not reached
due-call = The control centre calls
due-call-back = The control centre calls back as agreed
due-followed-up = Followed up
due-handed-over = The municipality follows up
due-not-reached = Cannot be reached by phone
due-not-obliged = No duty of quarantine
due-departed = Has left or never came
due-not-called = Not called
due-from = From { $moment }
moved-here = Came here from { $from } { $moment }: { $why }.
moved-away = Went to { $to } { $moment }: { $why }.
moved-between = Went from { $from } to { $to } { $moment }: { $why }.
moved-why-hotel-stay = stays at a quarantine hotel
moved-why-hotel-left = the stay at the quarantine hotel is over
moved-why-source-changed = the source corrected the place of stay
moved-why-decided = decided at the national workbench
moved-why-declined = the municipality said that the entry is not its own
fact-moved = Moved
fact-calls = Calls
not-ours-open = Not ours
not-ours-title = The entry is not ours
not-ours-text = The entry goes to the national workbench, which finds the right municipality. You see it for one more day.
not-ours-hint = Why is it not yours, and where does it belong? At most 500 characters. It is stored and deleted with the entry.
not-ours-send = Send to the workbench
not-ours-changed = It has not been sent. Fetch the new version, see whether it still is not yours, and send again. What you wrote is kept.
not-ours-done = The entry was sent to the national workbench.

## Calling
call-title = Call
call-next = Next
call-changed = The entry has changed since the card was fetched. Look over the new card before you call.
call-saved = Saved at { $time }: { $name }
call-undone = The result was taken back. Correct it and save again.
undo = Undo
save = Save
save-and-next = Save and next
saving-sending = Saving …
saving-again = Not saved yet. The register does not answer, and we try again. Keep this page open.
saving-logged-out = Not saved yet. Log in again and it will be saved.
draft-saving = Saving draft …
draft-saved = Draft saved at { $time }
draft-failed = Draft not saved
panel-inbound = { $name } is calling
panel-left = The call has no result yet
lease-minutes = { $count ->
    [one] The card is yours for 1 minute
   *[other] The card is yours for { $shown } minutes
}
lease-seconds = { $count ->
    [one] The card is yours for 1 second
   *[other] The card is yours for { $shown } seconds
}
lease-short = The card is yours for less than two minutes. Choose Extend to keep it.
lease-extend = Extend
lease-lost = The card is no longer yours: its time ran out or a shift lead took it. Choose Next.
lease-lost-dialled = The card is no longer yours, but you can save the call you made. What you typed is still here.
why = On top because { $ground }.
why-call-back = the agreed time has come
why-lead-decided = a shift lead put it first
why-last-day = the quarantine or the data end within a day
why-suspected-before = a breach was suspected before
why-employer-provides-place = the employer provides the place
why-never-reached = nobody has spoken with the traveller yet
why-turn = it is its turn
why-day = Day { $day } of the quarantine.
why-quarantine-left = { $count ->
    [0] Last day of the quarantine.
    [one] 1 day left of the quarantine.
   *[other] { $shown } days left of the quarantine.
}
why-data-left = { $count ->
    [0] The data are deleted within a day.
    [one] 1 day left of the data.
   *[other] { $shown } days left of the data.
}
why-failed = { $count ->
    [one] Rung once without a conversation.
   *[other] Rung { $shown } times without a conversation.
}
why-spilled-over = Taken from another language's queue.
dial = Call { $phone }
dial-wrong = { $phone } belongs to somebody else
dial-none = There is no number to call. Skip the card, and a shift lead will look at it.
card-language = Language to call in
card-ends = Quarantine ends
card-attempts = Earlier calls
card-no-attempts = Nobody has called yet.
card-no-outcome = Without a result
card-direction-outbound = Called
card-direction-inbound = Rang in
languages-spoken = I speak
languages-none = Choose the languages you speak.
nobody-no-card = Choose Next to get a card.
nobody-outside-hours = It is too early or too late to call now.
nobody-other-languages = Those to be called now speak languages you have not chosen. Choose more if you speak them.
nobody-nobody-due = Nobody is to be called right now.
nobody-again = Try again { $moment }.
skip = Skip
skip-title = Skip the card?
skip-reason = Why? The shift lead sees the answer.
skip-missing = Choose a reason.
skip-send = Give the card back
skip-done = The card was given back.
inbound = Somebody rings in
inbound-phone = The number shown
inbound-none = No entry has this number. Search by name at the top of the page.
inbound-match = { $name }, born { $born }, arrival { $arrival }
outcome-how = How did it go?
outcome-say-nothing = Do not say whom you are looking for, or why. Apologise and end the call.
outcome-assessment = Assessment
outcome-proposed = Proposed by the answers
outcome-grounds = What does the suspicion rest on?
outcome-note-label = Note
outcome-note-hint = Only what the next caller needs to know. It is deleted with the entry.
outcome-missing-contact = Choose how it went.
outcome-missing-assessment = Answer the questions, or choose an assessment.
outcome-missing-grounds = Choose what the suspicion rests on.
outcome-missing-note = Say in the note what else it is.
outcome-missing-time = Choose when to call back.
outcome-missing-language = Choose which language is needed.
later-label = When shall we call back?
later-half-hour = In half an hour
later-two-hours = In two hours
later-evening = This evening at 18
later-tomorrow = Tomorrow at 9
later-time = Another time (Norwegian clocks)
barrier-label = Which language is needed?
barrier-other = Another language
barrier-none = Choose language
script-language = The language you read in
script-failed = The questions could not be fetched. Talk freely, and choose an assessment below.
leaving-title = When you save:
leaving-status = Follow-up becomes “{ $status }”.
leaving-nobody = Nobody else is told anything.
leaving-to = { $receiver } is told: { $parts }
leaving-asking = Fetching who is told what …
leaving-unknown = Could not fetch who is told what. You can save all the same.
leaving-first = See first who is told what, then save.
receiver-municipality = The municipality
receiver-traveller = The traveller, by text message
leaving-part-identity = name and number
leaving-part-place = place of quarantine
leaving-part-assessment = assessment
leaving-part-grounds = what the suspicion rests on
leaving-part-note = the note
leaving-part-template = a fixed text that says nothing about the person

## The shift lead's board
board-title = Board
board-open = Calls can be made now.
board-open-until = Calls can be made until { $time }.
board-closed = No calls can be made now.
board-closed-until = No calls can be made until { $time }.
board-age-median = Half have waited this long
board-age-p90 = One in ten has waited this long
board-attempts = Calls tried today
board-answered = Of them answered
board-languages = Who waits for which language
board-waiting = Waiting
board-callers = Callers
board-no-caller = nobody speaks it
part-ready = Ready now
part-held = With a caller
part-later-today = Later today
part-outcome-missing = Without a result
part-skipped = Skipped today
part-review = To be looked through
callers-title = Callers at work
callers-caption = Callers and the card they hold now
callers-seen = Last active
callers-card = Card
callers-no-card = Holds no card
callers-ends = The card goes back
callers-ends-in = in { $span }
callers-ends-soon = in less than two minutes
release = Take the card
release-title = Take the card from the caller?
release-text = { $name } loses the card, and it goes back to the queue. What was typed stays as a draft.
release-send = Put back in the queue
release-done = The card was taken from { $name }.
queue-title = Queue
queue-of-language = { $part }: { $language }
queue-back = To the board
queue-parts = Parts of the queue
queue-caption = Cards in the order in which they are handed out
queue-empty-title = No cards here
queue-empty = Cards appear here by themselves.
queue-choose = Choose
queue-choose-one = Choose { $name }
queue-why = Stands here because
queue-due = Due
queue-held = With
queue-held-until = { $name }, until { $time }
decide-title = { $count ->
    [one] 1 card is chosen
   *[other] { $shown } cards are chosen
}
decide-way = What shall happen to them?
way-first = Put first in the queue
way-to = Give to a caller
way-set-aside = Set aside until a time
way-as-policy = Back to the usual place
decide-caller = Caller
decide-caller-none = Choose a caller
decide-until = Until (Norwegian clocks)
decide-missing = Choose what shall happen and fill in what belongs to it. A time must be ahead.
decide-reason-hint = Why? At most 500 characters. It is kept and deleted with the entry.
decide-look = See what happens
decide-preview = If you go on:
decide-do = Do it
decided-changed = { $count ->
    [one] 1 card moves.
   *[other] { $shown } cards move.
}
decided-unchanged = { $count ->
    [one] 1 card stands so already.
   *[other] { $shown } cards stand so already.
}
decided-held = { $count ->
    [one] 1 card is with a caller and moves afterwards.
   *[other] { $shown } cards are with a caller and move afterwards.
}
decided-gone = { $count ->
    [one] 1 card is gone.
   *[other] { $shown } cards are gone.
}
decided-undone = { $count ->
    [one] Undone. 1 card stands as before.
   *[other] Undone. { $shown } cards stand as before.
}
correct = Correct the result
correct-title = Correct the result of the call
correct-reason-hint = What was wrong? At most 500 characters. The former result can still be read.
correct-save = Save the correction
correct-done = The result was corrected.

## The state of the register
register-title = State of the register
register-log = The log
register-head = Last position
register-chain = Last link of the chain
register-oldest = Oldest live record
register-oldest-none = No record is alive now
register-limit = The limit is 10 days.
register-projections = Read models
register-projections-caption = Read models and how far they have come
register-projection = Name
register-position = Position
register-behind = Behind
register-parked = Parked streams
register-parked-warning = Some events could not be read. Tell operations.
register-epochs = Live periods
register-epochs-lead = Each period is six hours of registrations. Everything in it is deleted together.
register-epochs-caption = Live periods, oldest first
register-chart = Entries per period. The numbers are in the table below.
register-epoch = Period
register-from = From
register-ends = Deleted
register-entries = Entries
register-events = Events
register-no-epochs = No period is alive now.
age-hours = { $count ->
    [one] 1 hour
   *[other] { $shown } hours
}
age-days = { $count ->
    [one] 1 day
   *[other] { $shown } days
}
age-two = { $first } and { $second }
age-minutes = { $count ->
    [0] less than a minute
    [one] 1 minute
   *[other] { $shown } minutes
}

## Deletion and its proof
retention-title = Deletion
retention-ok = All is in order
retention-ok-text = Everything that was to be deleted is deleted. The proof is here.
retention-missing-title = Something needs attention
retention-overdue = { $count ->
    [one] 1 period is past its deadline without a receipt. Nobody can read it any more, but proof that it is deleted is missing. Call operations now.
   *[other] { $shown } periods are past their deadline without a receipt. Nobody can read them any more, but proof that they are deleted is missing. Call operations now.
}
retention-late = { $count ->
    [one] 1 period should be closed before deletion, but is open. Call operations now, so that the deadline is kept.
   *[other] { $shown } periods should be closed before deletion, but are open. Call operations now, so that the deadline is kept.
}
retention-failure = Deletion stopped and is tried again all the time. Call operations if this stands here for more than five minutes. The fault: { $why }
retention-undone = { $day }: { $done } of { $due } periods are deleted. Call operations now.
retention-uncertified = { $day }: the deletion certificate is missing. Call operations.
retention-key-back = A destroyed key was there again { $moment } and is destroyed anew. Find out where it came from, such as a backup.
retention-consumer = { $name } has not confirmed in time that deleted entries are deleted there too. Contact the recipient.
retention-oldest = The oldest record is { $age } old. The limit is 10 days.
retention-oldest-none = No records about anybody live now.
retention-next = Next deletion: { $moment }, in { $left }.
retention-next-none = Nothing is waiting to be deleted.
retention-checked = Checked at { $time }.
retention-today = Deleted today
retention-today-none = Nothing is to be deleted today.
retention-today-done = { $done } of { $due } periods are deleted today, with { $entries } entries.
retention-epochs-caption = Periods to be deleted, the next one first
retention-freezes = Closes
retention-state = State
epoch-open = Open
epoch-frozen = Closed
epoch-dropped = Deleted, no receipt
epoch-ended = Deleted
retention-days = Day by day
retention-days-caption = The last 14 days. The certificate is the signed proof of the day.
retention-day = Day
retention-done = Periods deleted
retention-of = { $done } of { $due }
retention-early-count = Deleted early
retention-certificate = Certificate
retention-certificate-of = Download the deletion certificate of { $day }
retention-download = Download
retention-missing = Missing
retention-not-yet = Not yet
retention-nothing = None
retention-early = Deletion before the deadline
early-lead = An entry can be deleted early when it was registered by mistake, or when the person has a right to it. Two people must agree.
early-none = No entries are waiting for approval.
ground-registered-by-mistake = Registered by mistake
ground-right-to-erasure = The person has a right to erasure
early-asked = Asked for by { $name } { $moment }.
early-ends = Deleted in any case by { $moment }.
early-open = See the entry
early-own = You asked for this yourself. Somebody else must approve.
early-agreed = Approved. Being deleted now.
early-approve = Approve
early-reject = Reject
early-withdraw = Withdraw
early-delete-title = Delete the entry now?
early-delete-text = Everything about the entry disappears at once, and it cannot be undone. Backups cannot show it after { $moment }.
early-delete-button = Delete now
early-keep-title = Keep the entry until its deadline?
early-keep-text = It is then deleted as usual, by { $moment }.
early-keep-button = Keep it
early-deleted = The entry is deleted.
early-kept = The entry stays until its deadline.
request-title = Ask for deletion before the deadline
request-query = National number, phone or reference code
request-query-hint = The whole number or code, as the person gives it.
request-query-missing = Write a number or a code.
request-find = Find
request-none = No entry found. Check the number. Entries older than ten days are deleted.
request-entry = Entry
request-choice = Arrival { $arrival }. Registered { $registered }. Deleted by { $ends }.
request-missing-entry = Choose an entry.
request-ground = Ground
request-missing-ground = Choose a ground.
request-reason-hint = What happened? At most 500 characters. It is stored and deleted with the entry.
request-send = Send for approval
request-sent = Sent. Somebody else must approve before the entry is deleted.
retention-consumers = Recipients
consumers-lead = Those who take data from here must delete the same at their end and confirm it within 24 hours.
consumers-caption = Recipients and what they have confirmed
consumers-none = Nobody takes data from here.
consumer-name = Recipient
consumer-acknowledged = Last confirmed
consumer-waiting = Deletions waiting
consumer-since = Waiting since
consumer-never = Never
consumer-overdue = Overdue
consumer-in-time = In time
consumer-done = All confirmed
retention-remains = What remains
remains-fingerprints = Fingerprints
remains-fingerprints-text = Marks that keep a deleted trip from coming in again. They cannot be read back to anybody, and they vanish when the source’s 20 days are over.
remains-keys = Keys that came back
remains-keys-none = No destroyed keys have come back.
remains-key = { $name }, found and destroyed anew { $moment }
remains-outlived = Deleted before the quarantine is over
remains-outlived-text = Entries that cannot be followed up for the whole quarantine.

## Shortcuts
shortcuts-title = Shortcuts
shortcuts-caption = Shortcuts
shortcuts-key = Key
shortcuts-action = Action
shortcuts-enabled = Use shortcuts
shortcuts-note = Shortcuts do not work while you type in a field.
shortcut-search = Go to the search field
shortcut-help = Show the shortcuts
shortcut-next-row = Next row (in the list also arrow down)
shortcut-previous-row = Previous row (in the list also arrow up)
shortcut-enter-next = Next card, or save and next
shortcut-dial = Call the first number on the card
shortcut-inbound = Somebody rings in
shortcut-undo = Undo what was just saved
shortcut-extend = Keep the card longer
shortcut-skip = Skip the card
shortcut-digits = Choose an answer in the group that has the focus
shortcut-open = Open the row
key-enter = Enter

## Other pages
not-found-title = There is no such page
not-found = The address is wrong or out of date. Go to the front page and try from there.
not-found-home = To the front page

## Dates
date-prose = { $weekday } { $day } { $month } { $year }
moment-prose = { $weekday } { $day } { $month } { $year } at { $time }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## Fields of the source
field-a_reference_code = Reference code
field-p_unique_id = Identity number
field-a_destination_id = Municipality of arrival
field-municipality_number = Municipality number at arrival
field-p_first_name = First name
field-p_last_name = Last name
field-p_birth_date = Date of birth
field-p_phone = Phone
field-p_email = Email
field-p_lang_follow_up = Language
field-p_follow_up = Follow-up
field-p_follow_up_time = Time of follow-up
field-p_country_of_residence = Country of residence
field-p_dnr = D-number
field-p_fh_number = Common auxiliary number
field-a_quarantine_option = Quarantine option (old)
field-a_q_opt_l1 = Obligation, text
field-a_q_opt_l2 = Exemption, text
field-a_q_opt_l3 = Details of the exemption, text
field-a_q_opt_l4 = Quarantine place, text
field-a_q_opt_l1_code = Obligation
field-a_q_opt_l2_code = Exemption
field-a_q_opt_l3_code = Details of the exemption
field-a_q_opt_l4_code = Quarantine place
field-a_quarantine_reg_arrival_hotel = Hotel at arrival
field-a_quarantine_reg_arrival = At hotel from
field-a_quarantine_reg_departure_hotel = Hotel at departure
field-a_quarantine_reg_departure = At hotel until
field-a_date = Arrival
field-a_travel_method = Means of travel
field-a_travel_method_extra = Route or registration
field-a_travel_method_extra2 = Route or registration, more
field-a_country_of_departure = Travelled from
field-a_country_of_departure_region = Region travelled from
field-a_transit_countries = Travelled through
field-a_num_travelers = Travelling together
field-a_num_travelers_under_16 = Under 16
field-a_hotel_name = Name of the place
field-a_location_address = Address of the place
field-a_location_zip_code = Postcode
field-a_employer_org_number = Employer's organisation number
field-a_employer_name = Employer
field-a_employer_address = Employer's address
field-a_employer_contact_person = Contact person
field-a_employer_contact_phone = Contact phone
field-a_is_leisure_trip = Leisure trip
field-a_is_trip_necessary = Necessary trip
field-a_updated = Trip changed
field-p_updated = Person changed
field-a_border_crossing_arrival = Border crossing
field-a_border_crossing_quarantine_assessment = Assessment at the border
field-a_border_crossing_location = Border station
field-a_q_hotel_destination_id = Hotel's municipality
field-hotel_municipality_number = Hotel's municipality number
field-responsible_municipality_number = Responsible municipality

## Codes of the source
code-unknown = Unknown code { $code }
code-0 = Not chosen
code-1001 = Entry quarantine is required
code-1002 = Fully or partly exempt from quarantine
code-2001 = Arrives from a green (at first also yellow) area
code-2002 = Day trip for necessary maintenance
code-2003 = Commuter living in Sweden or Finland
code-2004 = Agreed contact with children
code-2005 = Critical societal function (§ 6e)
code-2006 = Exemption for work travel
code-2007 = Invited or posted by agreement with Norwegian authorities
code-2008 = Fully vaccinated or recovered in the last six months, with a valid certificate
code-2009 = International sports competition (§ 6f)
code-2010 = Serious illness or funeral in the close family (§ 6j)
code-3001 = Directly from a green (at first also yellow) area (§ 4)
code-3002 = From such an area through a quarantine area without a stay (§ 6a)
code-3003 = The trip concerns Sweden (§ 6a)
code-3004 = The trip concerns Finland (§ 6a)
code-3005 = Regular commuting between home and work, with regular tests (§ 6b)
code-3006 = Daily commuting to upper secondary school, with regular tests (§ 6b)
code-3007 = Commuting to primary school (§ 6b)
code-3008 = Parent visiting a child (§ 6d)
code-3009 = Child visiting a parent (§ 6d)
code-3010 = Government and crisis management
code-3011 = Defence
code-3012 = Law and order
code-3013 = Health and care
code-3014 = Rescue service
code-3015 = Digital security in the civil sector
code-3016 = Nature and environment
code-3017 = Security of supply
code-3018 = Water and sewage
code-3019 = Financial services
code-3020 = Power supply
code-3021 = Electronic communications
code-3022 = Transport
code-3023 = Satellite-based services
code-3024 = Professional driver (§ 6b)
code-3025 = Air crew (§ 6g) or train crew (§ 6g/6b)
code-3026 = Ship or boat (§ 6h/6a)
code-3027 = Arrives to work aboard a ship (§ 6h)
code-3028 = Lives and works aboard a ship returning after a short call abroad (§ 6a)
code-3029 = Fully vaccinated or protected defence personnel (§ 6l)
code-3030 = Crew of a passenger ship in regular service (§ 6c)
code-3031 = Fire, rescue and ambulance personnel (§ 6n)
code-4001 = Quarantine hotel for the whole period
code-4002 = Own home or another suitable place
code-4003 = Place provided by employer or client, confirmed
code-4004 = Suitable place for another purpose, confirmed by its provider
code-4005 = No overnight stay or leisure time in Norway
code-4006 = Leisure-time quarantine at a quarantine hotel
code-4007 = Boarding school
code-4008 = Leisure-time quarantine alone in a vehicle with a berth
code-4009 = Single cabin aboard
code-4010 = Home of the spouse or the child's other parent, resident in Norway
code-4011 = Leisure-time quarantine at home or another suitable place
code-4012 = Quarantine hotel first, then home or another suitable place
code-4013 = Leisure-time quarantine in a suitable place with single room, own bath and kitchen or catering
code-4014 = Quarantine hotel, except during the visit or funeral
code-4015 = Home or suitable place, except during the visit or funeral
place-4001 = Hotel
place-4002 = Home/suitable
place-4003 = From employer
place-4004 = Suitable, other
place-4005 = No overnight stay
place-4006 = Leisure, hotel
place-4007 = Boarding school
place-4008 = Leisure, vehicle
place-4009 = Cabin
place-4010 = Home of spouse
place-4011 = Leisure, home
place-4012 = Hotel, then home
place-4013 = Leisure, single room
place-4014 = Hotel, except visit
place-4015 = Home, except visit

## Problems, also said by the server
problem-invalid-request-title = The request cannot be read
problem-invalid-request-detail = Something in the request is wrong. Mend the fields named and send it again.
problem-not-logged-in-title = You are not logged in
problem-not-logged-in-detail = The session is over or missing. Log in and try again.
problem-not-permitted-title = You have no access
problem-not-permitted-detail = Your role or municipality gives no access to this. Talk to whoever manages access.
problem-not-delegated-title = No delegation counts
problem-not-delegated-detail = The municipal doctor must give you a delegation, or confirm the one you have, before you can log in.
problem-not-found-title = Not found
problem-not-found-detail = It does not exist, or you have no access to it. Check the link.
problem-entry-ended-title = The entry has been deleted
problem-entry-ended-detail = The ten days are over. Everything about the entry is gone and cannot be brought back.
problem-changed-meanwhile-title = Changed by somebody else
problem-changed-meanwhile-detail = Nothing is saved. Get the new version and try again.
problem-precondition-required-title = The version is missing
problem-precondition-required-detail = Send the version you read, in If-Match, and try again.
problem-key-reused-title = The key has been used
problem-key-reused-detail = The same Idempotency-Key came with another content. Send it with a new key.
problem-key-required-title = The key is missing
problem-key-required-detail = Send an Idempotency-Key, so that nothing is done twice.
problem-too-large-title = Too much at once
problem-too-large-detail = The request is too large. Divide it and send the parts.
problem-too-many-requests-title = Too many requests
problem-too-many-requests-detail = Wait a little and try again. Retry-After says how long.
problem-refused-title = The rules do not permit it
problem-refused-detail = Nothing is saved. Change what you sent and try again.
problem-second-person-needed-title = A second person must agree
problem-second-person-needed-detail = Whoever asked for the deletion cannot agree to it as well.
problem-card-lost-title = You no longer hold the card
problem-card-lost-detail = The hold on the card is over. Fetch the card again; what you typed is kept.
problem-card-taken-title = Somebody else has the card
problem-card-taken-detail = Somebody else is calling this person now. Take the next one.
problem-outside-calling-hours-title = Outside calling hours
problem-outside-calling-hours-detail = It is too early or too late to call now.
problem-too-late-title = Too late to undo
problem-too-late-detail = The outcome can be corrected on the page of the entry.
problem-extract-needed-title = A full extract is needed
problem-extract-needed-detail = The cursor is too old, or access changed. Take everything from /api/v1/feed/extract, delete the rest, continue from its cursor.
problem-unavailable-title = The register cannot answer now
problem-unavailable-detail = Nothing is lost. Wait a little and try again.
problem-internal-title = Something went wrong on our side
problem-internal-detail = The fault is ours. Try again, and give the reference if it comes back.

## What a traveller owes, and why
quarantine-title = Quarantine obligation
quarantine-until = In quarantine until the end of { $end }.
quarantine-leisure-until = In quarantine outside work until the end of { $end }.
quarantine-over = Quarantine is over. It ended { $end }.
quarantine-owed-exempt = Exempt from entry quarantine.
quarantine-owed-unknown = It is not known what applies.
quarantine-owed-full = Must be in entry quarantine.
quarantine-owed-leisure-time = Must be in quarantine outside work.
quarantine-rule-set = Rule set { $name }
quarantine-flags = Look closer at
quarantine-start = Counted from
quarantine-early = Shorter with a test
quarantine-hotel = Quarantine hotel
quarantine-answer-pending = A test has been taken, and its answer has not come.
quarantine-tests = Tests
quarantine-test = Test
quarantine-test-from = From
quarantine-test-by = By
quarantine-test-state = State
quarantine-test-required = required
quarantine-test-offered = offered
quarantine-duty-border = At the border or within 24 hours
quarantine-duty-day-3 = From day 3
quarantine-duty-day-7 = From day 7
quarantine-duty-every-7-days = Every seven days
quarantine-progress-ahead = To come
quarantine-progress-due = To be taken now
quarantine-progress-pending = Taken, waiting for the answer
quarantine-progress-done = Taken and answered
quarantine-progress-not-seen = None known
quarantine-progress-lapsed = No longer needed
quarantine-if = What if a negative PCR test is taken on a certain day?
quarantine-if-choose = Choose a day
quarantine-if-day = Day { $day }: { $date }
quarantine-if-shorter = Quarantine ends when the answer comes, at the earliest { $end }.
quarantine-if-same = Quarantine does not become shorter. It lasts until the end of { $end }.
quarantine-if-hotel-shorter = The stay at the quarantine hotel ends when the answer comes, at the earliest { $end }.
quarantine-if-hotel-same = The stay at the quarantine hotel lasts until the end of { $end }.
quarantine-why-obligation-full = The traveller chose entry quarantine.
quarantine-why-obligation-not-told = It was not told whether the obligation applies. Then it does.
quarantine-why-obligation-unknown-code = Code { $code } exempts nobody under this rule set. The obligation applies.
quarantine-why-obligation-no-ground = An exemption was chosen, but no ground. The obligation applies.
quarantine-why-exempt = The exemption: { $meaning }.
quarantine-why-leisure-time = The exemption holds only at work or for what the trip is about: { $meaning }. Otherwise it is quarantine.
quarantine-why-leisure-time-place = An exemption was chosen, but also a place for quarantine outside work: { $place }. Then that applies.
quarantine-why-no-rule-set = No rule set applies to an arrival on { $day }.
quarantine-why-start-arrival = Arrival on { $day } is day 0.
quarantine-why-start-reentry = The traveller came back on { $day }. Quarantine begins anew.
quarantine-why-start-registration = The day of arrival was not told. The registration on { $day } counts as day 0.
quarantine-why-arrival-not-told = The day of arrival was not told. Ask the traveller.
quarantine-why-ends-full-length = Quarantine lasts { $days } days after arrival.
quarantine-why-ends-negative-test = A PCR test taken on { $taken } is negative. It could be taken from day { $days }, { $earliest }.
quarantine-why-ends-departed = The traveller left Norway on { $day }.
quarantine-why-early-end-by-test = { $negatives ->
    [one] Quarantine can end earlier with the answer of a negative PCR test. It can be taken from day { $days }, { $from }.
   *[other] Quarantine can end earlier with the answers of { $negatives } negative PCR tests. The last one can be taken from day { $days }, { $from }.
}
quarantine-why-hotel-whole-period = Must stay at a quarantine hotel the whole period, until the end of { $day }.
quarantine-why-hotel-until-negative = Must stay at a quarantine hotel until the answer of a negative PCR test. It can be taken from day { $days }, { $from }. Without one the stay lasts until the end of { $day }.
quarantine-why-hotel-negative-test = The duty to stay at the quarantine hotel is over: a PCR test taken on { $taken } is negative. The rest of quarantine may be spent at another suitable place.
quarantine-why-hotel-left-early = Left the quarantine hotel on { $left }, but the duty lasted until the end of { $day }.
quarantine-why-hotel-stay-not-seen = Must stay at a quarantine hotel, but no arrival there is known.
quarantine-why-place-not-told = It was not told where quarantine is to be spent.
quarantine-why-employer-not-told = The employer is to provide the place, but was not told.
quarantine-why-positive-test = A test taken on { $day } is positive. The municipal doctor decides about isolation. Quarantine does not become shorter.
quarantine-why-test-day-unsure = Of one test only the day is known on which the laboratory received it: { $day }. Find out when it was taken.
quarantine-why-test-in-future = A test is dated { $day }, which has not come yet. It does not count.
quarantine-why-codes-conflict = Quarantine was chosen and a ground of exemption as well. The obligation applies.
quarantine-why-unknown-code = Code { $code } of level { $level } is not in the rule set.
quarantine-why-rules-changed-during-stay = The rules changed during the stay: rule set { $after } applies from { $day } also to those in quarantine under rule set { $before }.
quarantine-why-test-required = A test is required from { $from } to { $by }.
quarantine-why-test-offered = A test is offered from { $from } to { $by }.

## Rule sets
nav-rules = Rule sets
rules-title = Rule sets
rules-lead = The rule set in force on the day of arrival decides about quarantine.
rules-caption = All rule sets
rules-name = Name
rules-from = From
rules-until = Until
rules-what = What is new
rules-source = Source
rules-adopted-by = Adopted by
rules-in-force = In force today
rules-replaced = Replaced by { $name }
rules-compare = Compare two
rules-compare-a = The one
rules-compare-b = The other
rules-same = They demand the same.
rules-differences = Differences
rules-topic = About
rules-subject = Which
rules-topic-validity = Validity
rules-topic-length = Length
rules-topic-early-end = Shorter with a test
rules-topic-exemption-ground = Ground of exemption
rules-topic-exemption-detail = Detail of exemption
rules-topic-leisure-time-place = Place for quarantine outside work
rules-topic-place-code = Place that can be chosen
rules-topic-place-rule = Hotel duty
rules-topic-test = Test
rules-topic-follow-up = Follow-up
rules-try-title = Try a new rule set
rules-try-lead = Nothing changes until you adopt it. Begin with an existing rule set and change it.
rules-base = Begin with
rules-choose = Choose a rule set
rules-field-name = Name of the new one
rules-field-from = For arrivals from
rules-field-title = What is new
rules-field-source = Source
rules-field-length = Last day of quarantine
rules-field-earliest = First day of a test that ends quarantine
rules-field-ongoing = Applies also to those in quarantine when it comes into force
rules-field-reason = Reason when it applies from a day that is over
rules-json = The whole rule set as JSON
rules-json-hint = Paste a rule set, or change what has no field of its own.
rules-file = Take from a file
rules-json-wrong = This cannot be read as a rule set.
rules-try = Try on the entries
rules-adopt = Adopt
rules-adopt-title = Adopt the rule set?
rules-adopt-text = Rule set { $name } applies to arrivals from { $day }. An adopted rule set cannot be changed or taken back, only followed by a new one.
rules-adopted = The rule set is adopted.
rules-trial-none = Nothing changes for any of the { $shown } entries.
rules-trial-changed = Something changes for { $changed } of { $shown } entries.
rules-trial-kinds = Changes by kind
rules-trial-kind = Change
rules-trial-count = Entries
rules-trial-rows = Entries that change
rules-trial-entry = Entry
rules-trial-before = As it is
rules-trial-after = As it would be
rules-trial-show = Show
rules-trial-more = Show the next page
rules-trial-hotel = hotel until { $day }
rules-change-longer = Longer quarantine
rules-change-shorter = Shorter quarantine
rules-change-now-exempt = Becomes exempt
rules-change-now-obliged = Becomes obliged
rules-change-other-obligation = Another obligation
rules-change-hotel-duty = Hotel duty
rules-change-test-duty = Test duty
rules-change-early-end = When a test ends it
rules-owed-full = quarantine
rules-owed-leisure-time = quarantine outside work
rules-owed-exempt = exempt
rules-owed-unknown = not known

## Referrals to the labour inspectorate
referral-letter-title = Referral to the Labour Inspection Authority
referral-letter-data = What is told, for machines
referral-letter-from = From: the Directorate of Health, National Control Centre for Travellers
referral-letter-reference = Reference: { $reference }
referral-letter-basis = Legal basis: covid-19 regulation § 5c
referral-letter-purpose = Purpose: that quarantine is kept
referral-letter-deleted = Deleted by: { $moment }
referral-letter-employer = Employer
referral-letter-number = Organisation number: { $number }
referral-letter-no-number = Organisation number: not known
referral-letter-place = Accommodation
referral-letter-said = Said in a telephone conversation on { $day }
referral-letter-unchecked = This comes from a traveller in quarantine and has not been checked. It does not say who that is. If you need to know more, ask the control centre.
referral-letter-newest = If another message comes with the same reference, the newest counts.
employer-breach-not-at-place = Does not stay at the place of quarantine
employer-breach-working = Works among others during quarantine
employer-breach-shared-room = Shares a bedroom with others
employer-breach-shared-facilities = Shares bathroom or kitchen with others
employer-breach-among-people = Is among people, for instance on public transport
referral-fact-lodged-by-employer = The employer provides the place
referral-fact-sleep-in-room = { $number ->
    [one] One sleeps in the room
   *[other] { $number } sleep in the room
}
referral-fact-told-to-work = An employer asked for work among others before the quarantine is over
referral-fact-arrived = Came to Norway on { $day }
nav-inspectorate = Referrals
inbox-title = Referrals
inbox-lead = Employers who may have failed travellers in quarantine, gathered by employer. What is told here was said in phone calls and has not been checked. Who the travellers are is not told here.
inbox-caption = Employers with referrals that are not closed
inbox-closed-caption = Employers of whom everything is closed
inbox-closed = { $count ->
    [one] 1 employer of whom everything is closed
   *[other] { $shown } employers of whom everything is closed
}
inbox-new = { $count ->
    [0] No new referrals
    [one] 1 new referral
   *[other] { $shown } new referrals
}
inbox-empty-title = No referrals are waiting
inbox-empty = When the control centre refers an employer, it appears here at once.
inbox-employer = Employer
inbox-no-number = No organisation number
inbox-stands = Status
inbox-travellers = Travellers
inbox-breaches = Suspected breaches
inbox-repeated = Repeated
inbox-places = Places
inbox-latest = Last referred
inbox-tag-open = { $count ->
    [one] 1 new
   *[other] { $shown } new
}
inbox-tag-in-hand = { $count ->
    [one] 1 in hand
   *[other] { $shown } in hand
}
inbox-tag-returned = { $count ->
    [one] 1 sent back
   *[other] { $shown } sent back
}
inbox-tag-closed = { $count ->
    [one] 1 closed
   *[other] { $shown } closed
}
bundle-title = Employer
bundle-back = Back to all referrals
bundle-gone-title = No referrals
bundle-gone = There are no referrals about this employer. They may have been deleted.
bundle-travellers = { $count ->
    [one] About 1 traveller
   *[other] About { $shown } travellers
}
bundle-breaches = { $count ->
    [0] No suspected breaches of quarantine
    [one] 1 suspected breach in all
   *[other] { $shown } suspected breaches in all
}
bundle-repeated = { $count ->
    [0] Reported for the first time
    [one] Reported 1 more time after the first
   *[other] Reported { $shown } more times after the first
}
place-travellers = { $count ->
    [one] 1 traveller is lodged here
   *[other] { $shown } travellers are lodged here
}
inspect-choose = Include this one
inspect-acknowledge = { $count ->
    [0] Take in hand (none chosen)
    [one] Take 1 in hand
   *[other] Take { $shown } in hand
}
inspect-return = { $count ->
    [0] Ask for more (none chosen)
    [one] Ask for more on 1
   *[other] Ask for more on { $shown }
}
inspect-close = { $count ->
    [0] Close (none chosen)
    [one] Close 1
   *[other] Close { $shown }
}
inspect-return-title = Ask the control centre for more
inspect-close-title = Close referrals
inspect-about = { $count ->
    [one] About 1 referral.
   *[other] About { $shown } referrals.
}
inspect-wanted = What do you want to know more about?
inspect-note = More about it (optional)
inspect-note-hint = Write nothing about health or about who the travellers are.
inspect-outcome = What came of it?
inspect-outcome-hint = The control centre learns the outcome. In its statistics it stands without names.
inspect-missing-wanted = Choose at least one thing.
inspect-missing-outcome = Choose an outcome.
inspect-return-do = Send back
inspect-close-do = Close
inspect-acknowledged = { $count ->
    [one] 1 referral was taken in hand.
   *[other] { $shown } referrals were taken in hand.
}
inspect-returned = { $count ->
    [one] 1 referral was sent back.
   *[other] { $shown } referrals were sent back.
}
inspect-closed = { $count ->
    [one] 1 referral was closed.
   *[other] { $shown } referrals were closed.
}
inspect-missed = { $count ->
    [one] 1 was closed or deleted.
   *[other] { $shown } were closed or deleted.
}
inspected-made = Referred { $moment }
inspected-deleted = Deleted by { $moment }.
inspected-reference = Reference: { $reference }
inspected-corrected = The control centre has corrected the call. It no longer gives cause for the referral.
inspected-in-hand = In hand since { $moment }
inspected-returned = Sent back { $moment }. Wanted: { $wanted }
inspected-note = Note: { $note }
inspected-closed = Closed { $moment }: { $outcome }
referral-stage-open = New
referral-stage-in-hand = In hand
referral-stage-returned = Sent back
referral-stage-closed = Closed
wanted-address = the exact address
wanted-employer = which employer it is
wanted-lodging = how people are lodged
wanted-work = what work was done
wanted-still-so = whether it is still so
inspection-nothing-found = Looked into, nothing wrong
inspection-guided = The employer was guided
inspection-ordered = Ordered to put it right
inspection-stopped = Work or lodging stopped
inspection-fined = Coercive fine or penalty
inspection-reported = Reported to the police
inspection-known-already = Known from another case
inspection-passed-on = Passed on to another authority
inspection-not-followed-up = Not followed up
referral-title = Referral to the labour inspectorate
referral-offer = The last call suggests that an employer may have failed. The labour inspectorate does not learn of it until you refer it.
referral-begin = Refer to the labour inspectorate
referral-more = Answer with more
referral-after-call = Refer the employer to the labour inspectorate
referral-lead = Only what stands here leaves the register. Names, numbers, phones, health and your own words do not.
referral-employer-name = Name of the employer
referral-address = Address where the traveller is lodged
referral-facts = What shall the labour inspectorate learn?
referral-missing-name = Write the name of the employer.
referral-missing-address = Write the address.
referral-wrong-postcode = A postcode has four digits.
referral-missing-facts = Choose at least one breach, how many sleep in the room, or that work was asked for.
referral-look = See what is sent
referral-leaves = Exactly this is sent to the labour inspectorate
referral-file = The file { $name }
referral-joins = Employer and place have been referred for somebody of the same party. This is added there, without a letter of its own.
referral-send = Send to the labour inspectorate
referral-made = Referred to the labour inspectorate.
referral-joined = Added to a referral that was there.
referral-made-by = Referred { $moment } by { $name }
referral-corrected = The call was corrected and no longer gives cause for the referral. The labour inspectorate sees that.
referral-told-on = Said on { $day }.
referral-arrived-on = Came to Norway on { $day }.
letter-joined = No letter of its own: a referral for the same party was sent.
letter-waits = The letter is sent in a moment.
letter-off = Letters are not set up here. The labour inspectorate sees the referral in its inbox.
letter-sent = The letter was handed to eFormidling { $moment }.
letter-status = The letter: { $status } ({ $moment })
letter-again = Send the letter again
delivery-sent = sent
delivery-received = received by their system
delivery-delivered = delivered
delivery-read = read
delivery-refused = not delivered, refused by eFormidling
delivery-failed = not delivered
delivery-expired = not delivered in time
delivery-unknown = not delivered as far as we know
unit-title = Enhetsregisteret (business register)
unit-asking = Asking Enhetsregisteret …
unit-unavailable = Enhetsregisteret does not answer now.
unit-off = Look-ups in Enhetsregisteret are not set up here.
unit-not-found = The number does not exist in Enhetsregisteret.
unit-dissolved = Struck off { $day }
unit-bankrupt = Bankrupt
unit-winding-up = Being wound up
unit-name = Registered name
unit-form = Form
unit-address = Address
unit-founded = Founded
unit-employees = Employees
unit-part-of = Part of
unit-asked = Fetched at { $time }
board-referrals = Referred to the labour inspectorate
board-referrals-undelivered = { $count ->
    [one] 1 letter did not arrive. Its entry shows why, and lets you send it again.
   *[other] { $shown } letters did not arrive. Their entries show why, and let you send them again.
}
board-referrals-waiting = Letters waiting: { $count }, the oldest since { $moment }
board-referrals-outcomes = What came of those that are closed
board-referrals-count = Number
timeline-referral-made = The employer was referred to the labour inspectorate
timeline-referral-joined = The employer was referred to the labour inspectorate, together with others of the party
timeline-referral-sent = The referral was handed to eFormidling
timeline-referral-delivery = The referral: { $status }
timeline-referral-received = The labour inspectorate has the referral in hand
timeline-referral-returned = The labour inspectorate wants to know more: { $wanted }
timeline-referral-completed = More was told on the referral
timeline-referral-resent = The referral is sent again
timeline-referral-closed = The labour inspectorate closed the referral: { $outcome }
actor-referrals = dispatch of referrals

# Who somebody is, and what tests say
timeline-identity-assigned = { $kind } { $number } was assigned: { $place }
timeline-identity-withdrawn = { $kind } is not the traveller's
timeline-joined-person = The same person as in another entry
timeline-separated-person = Another person than in another entry after all
timeline-protected = The address is protected
timeline-not-protected = The address is no longer protected
timeline-result-received = Test result: { $class } ({ $state }), { $laboratory }
timeline-result-looked-up = The test result was looked up
timeline-result-not-answered = The test result was looked up, but the service did not answer
timeline-result-corrected = The test result was corrected: { $before } became { $after }
results-kind-corrected = Kind of test: { $before } became { $after }
results-day-corrected = Test taken: { $before } became { $after }
timeline-correction-settled = Those who were told otherwise know now
assigned-border-station = border test station
assigned-tax-office = tax office at the border
assigned-by-hand = by hand, against a document
assigned-allocation-service = allocated by the service for auxiliary numbers
result-detected = Positive
result-not-detected = Negative
result-inconclusive = Inconclusive
result-unknown = Unknown
sample-planned = planned
sample-preliminary = preliminary
sample-final = final
sample-revised = revised
sample-cancelled = cancelled
test-kind-pcr = PCR
test-kind-antigen = Rapid test
laboratory-unknown = unknown laboratory
actor-register = the register
actor-results = the result service
same-person-open = Open the other entry
nav-results = Test results
results-title = Test results
results-samples = Samples
results-answer = Answer
results-kind = Test
results-taken = Taken
results-taken-unsure = { $date } (the day the laboratory received it)
results-received = Received
results-laboratory = Laboratory
results-none = No samples are known.
results-not-kept = Test results are not stored. Look up to see the answer.
results-positive = Positive test result
results-positive-do = The municipality takes over. The entry has left the queue. If you are in a call, say that the municipal doctor will be in touch, and end it.
results-looked-up = Looked up { $moment } by { $name }
results-look-up = Look up test results
results-look-up-answered = The service answered { $moment }.
results-look-up-cut = The service answered { $moment }, but not with everything. What is missing may say something else.
results-look-up-unknown = Unknown, try again. The service did not answer.
results-look-up-refused = The service refuses the look-up. Tell the shift lead.
results-look-up-no-number = The traveller has no number to look up by.
results-told =
    { $count ->
        [0] Nobody had been told the former answer.
        [one] One had been told the former answer:
       *[other] { $count } had been told the former answer:
    }
results-told-call = Call { $moment } with { $name }
results-told-message = Text message { $moment }
results-settle = Save as done
results-settle-hint = What was done, and who was told?
results-settled = Seen to by { $name }: { $note }
person-title = Identity
person-no-number = The traveller gave no number. A test result cannot be matched.
person-conflict = Two numbers of one kind. Find out which is right.
person-protected = Protected address. Lists and exports do not show the entry.
person-given = given at registration
person-assigned = { $place }, { $moment }, by { $name }
person-others = May be the same person
person-score = { $percent } % sure
person-joined = joined
person-separated = not the same person
person-undecided = undecided
person-join = Join: the same person
person-separate = Take apart
person-separate-why = Why they are not the same person
person-assign = Write a number down
person-kind = Kind of number
person-number = Number
person-at = Where it was assigned or found
person-place = Station or desk (optional)
person-assign-save = Save the number
person-protect = Protect the address
person-unprotect = Stop protecting the address
match-same-national-number = same number
match-different-national-number = different numbers
match-same-passport = same passport
match-same-birth-date = same date of birth
match-birth-date-transposed = day and month swapped
match-different-birth-date = different date of birth
match-same-name = same name
match-name-transposed = first and last name swapped
match-name-transliterated = same name in other letters
match-name-close = almost the same name
match-different-name = different names
match-same-phone = same phone
match-same-email = same e-mail
match-same-party = same travel party
match-board-title = Test results
board-obligations = Test duties with an answer
board-share = { $percent } % of those who must be tested have an answer
board-nobody-owes = Nobody has to be tested now.
board-mode = { $mode }
board-owing = Must be tested
board-with-answer = With an answer
board-pending = Sample without an answer
board-without-test = Without a sample
board-without-number = Without a number to match by
board-corrections = Corrected answers to see to
board-matches = Matched results
board-caption = Test results by day, laboratory and border station
board-day = Day
board-station = Border station
board-no-station = –
board-matched = Matched
board-repeated = Repeated
board-ambiguous = Ambiguous
board-unmatched = Not matched
board-nothing = No test results have come.
not-tested-title = Not tested
not-tested-caption = Entries that should have been tested and have no sample
not-tested-by = To be tested by
not-tested-number = Number
not-tested-has-number = yes
not-tested-no-number = missing
not-tested-nobody = Everybody who should be tested has a sample.
not-tested-more = Show more
result-mode-store = Test results are stored until the entry is deleted
result-mode-look-up = Test results are looked up and not stored
result-mode-wash-list = The queue is washed: only those with a negative result are called
result-policy-title = What becomes of test results
result-policy-line = From { $date }: { $mode }. { $reason } ({ $name })
result-policy-adopt = Adopt another policy
result-policy-mode = Policy
result-policy-from = Valid from
result-policy-reason-hint = Legal basis or reason. It stands in the log.
result-policy-save = Adopt

## Who was shown what
nav-disclosures = Access log
print = Print
disclosures-title = Who was shown what
disclosures-lead = Whenever somebody is shown details of an entry, it is written down before they are shown. The log knows entries by random numbers only.
disclosures-filter = Search the log
disclosures-find = Find the entry of somebody who asks for access
disclosures-find-hint = National number, phone or reference code that the person shows. What you type is not kept.
disclosures-statement-of = Arrival { $arrival }, registered { $registered }, deleted { $ends }: show who has looked
disclosures-by-entry = Number of the entry
disclosures-by-who = Id of the user
disclosures-by-receiver = Receiver (organisation number)
disclosures-municipality = Receiver (municipality)
disclosures-kind = How
disclosures-from = From
disclosures-until = To
disclosures-caption = Disclosures, latest first
disclosures-at = Time
disclosures-who = Who
disclosures-what = What
disclosures-count = Number
disclosures-purpose = Purpose
disclosures-basis = Legal basis
disclosures-receiver = Receiver
disclosures-entries = Entries
disclosures-others = { $count ->
    [one] and 1 more
   *[other] and { $shown } more
}
disclosures-none-title = No disclosure fits
disclosures-none = Nobody has been shown anything that fits the search.
disclosure-what = { $kind }: { $shown }
disclosure-opened = Opened
disclosure-listed = Shown in a list
disclosure-searched = Searched
disclosure-exported = Taken out in a file
disclosure-fed = Fetched by a system
disclosure-referred = Referred
disclosure-reported = Reported
disclosure-looked-up = Looked up in another municipality
shown-record = the whole entry
shown-raw-records = the source’s own records
shown-timeline = what happened
shown-quarantine = quarantine and deadlines
shown-party = the travel party
shown-row = row of the list
shown-municipal-row = row of the municipality’s list
shown-plain-row = row without health details
shown-plain-record = the entry without health details
shown-call-card = card to ring by
shown-report = report of a conversation
shown-dates = dates only
shown-disclosures = who has looked
shown-look-up = look-up across municipalities
shown-referral = referral
shown-feed = details for a system
shown-hotel-guest = guest of a quarantine hotel
shown-test-result = test result
purpose-quarantine-follow-up = Following up the duty of quarantine
purpose-municipal-follow-up = The municipality’s follow-up
purpose-contact-tracing = Contact tracing
purpose-quarantine-service = Border testing and quarantine hotel
purpose-labour-inspection = Supervision of employers
purpose-data-subject-rights = Rights of the data subject
legal-basis-5c-control-centre = covid-19 regulation § 5c, second paragraph
legal-basis-5c-municipal-doctor = covid-19 regulation § 5c, third paragraph (municipal doctor)
legal-basis-5c-labour-inspectorate = covid-19 regulation § 5c, third paragraph (labour inspectorate)
legal-basis-5b-quarantine-service = covid-19 regulation § 5b
legal-basis-gdpr-data-subject = GDPR articles 12–22
receiver-control-centre = The control centre
statement-title = Who has seen the details
statement-back = To the search of the log
statement-lead = This overview shows who has been shown the details of the entry, when, for what purpose and on which legal basis.
statement-registered = The entry was registered { $moment }.
statement-ends = Everything about it is deleted by { $moment }.
statement-made = The overview was made { $moment }.
statement-entry = Number of the entry:
statement-caption = Who has looked, the first ones first. Looks less than ten minutes apart stand in one line.
statement-nobody-title = Nobody has seen the details
statement-nobody = Nothing about this entry has been shown to anybody yet.
statement-gone-title = The entry no longer exists
statement-gone = Once an entry is deleted, nobody can tell whose it was. The log can still be searched by the number of the entry.
statement-rights = Questions about the overview go to the data-protection officer. You can complain to the Norwegian Data Protection Authority.

# Files of lists
export-sheet-cover = Cover
export-sheet-rows = Entries
export-sheet-differences = Changed since last time
export-municipality = Municipality
export-list = List
export-filter = Selection
export-no-filter = All
export-made-at = Made
export-made-by = Made by
export-file-id = Id of the file
export-rows = Rows
export-differences = Changed since you last looked
export-gone-by = Delete the file by
export-sha256 = SHA-256 of the rows
export-note = About the file
export-note-words = The file holds personal data. It must be deleted by the moment above, with copies of it and e-mails it was sent with. That it was taken out stands in the log of disclosures.
export-id = Id
export-mark = New
export-birth-date = Date of birth
export-place = Place of quarantine
export-place-name = Name of the place
export-address = Address
export-postcode = Postcode
export-obligation = Duty
export-quarantine-ends = Quarantine until
export-calls = Calls
export-last-call = Last called
export-outcome = Outcome
export-result = Test result
export-due = What is next
export-moved = Moved
export-news = New
export-arrival-from = Arrival from
export-arrival-to = Arrival until
export-tab-responsible = Responsible
export-tab-hotel = Hotel here
export-tab-destination = Going here
export-tab-formerly = Formerly ours
export-news-new = new ones only
export-news-changed = changed ones only
export-news-either = new and changed
export-mark-new = new
export-mark-changed = changed
export-mark-gone = moved
export-move-hotel-stay = stays at a quarantine hotel
export-move-hotel-left = has left the quarantine hotel
export-move-source-changed = the place was corrected
export-move-decided = decided at the workbench
export-move-declined = sent back
export-step-call = Will be called
export-step-call-back = Will be called back as agreed
export-step-followed-up = Followed up
export-step-handed-over = The municipality has taken over
export-step-not-reached = Not reached
export-step-not-obliged = No duty
export-step-departed = Has left
export-step-not-called = Will not be called
ground-export-xlsx = Workbook
ground-export-csv = CSV file
export-as-xlsx = Get a workbook
export-as-csv = Get CSV

# Delegation and look-up
nav-delegations = Delegation
nav-look-up = Look-up
ground-official-need = Official need
delegations-title = Delegations
delegations-lead = Those you delegate to work in your place in the municipality. A delegation that has not been confirmed for 31 days gives no access until it is.
delegations-caption = Delegations in the municipality
delegations-name = Name
delegations-user = Id of the user
delegations-access = Access
delegations-until = Until and including
delegations-confirm-before = Confirm before
delegations-state = State
delegations-actions = Actions
delegations-with-health = With health information
delegations-without-health = Without health information
delegations-confirm-now = Must be confirmed
delegations-confirmation = Confirm
delegations-withdrawal = Withdraw
delegations-confirmation-of = Confirm the delegation to { $name }
delegations-withdrawal-of = Withdraw the delegation to { $name }
delegations-give = New delegation
delegations-save = Delegate
delegation-living = Counts
delegation-asleep = Asleep
delegation-ended = Ended
delegation-withdrawn = Withdrawn
look-up-title = Look-up in other municipalities
look-up-lead = Find out which municipality is responsible for a person. A look-up needs a reason and is logged. At most ten look-ups an hour.
look-up-query = National number, passport number, phone or reference code, in full
look-up-reason-hint = Write why you need it. The data-protection officer can read the reason.
look-up-send = Look up
look-up-none = Nobody was found.
look-up-nobody = No municipality yet
look-up-left = { $count ->
    [one] One look-up left this hour.
   *[other] { $count } look-ups left this hour.
}

nav-hotel = Quarantine hotel
role-hotel-staff = Quarantine hotel staff
hotel-title = Quarantine hotel
hotel-lead = Check the hotel’s guests in and out. The municipality that follows them up sees it at once.
hotel-arrival-title = Guest at the desk
hotel-query = Reference code or number
hotel-query-hint = The whole code from the receipt of the entry registration, or the whole national identity number, D-number or passport number.
hotel-query-missing = Type the code or number
hotel-none = Nobody has this code or number. Check that all of it is right, or ask for the receipt.
hotel-found = Born { $born } · came to Norway { $arrival }
hotel-until-field = Expected to leave (may be left open)
hotel-stays-here = Stays here
hotel-stays-elsewhere = Is checked in at another quarantine hotel
hotel-check-in = Check in
hotel-change = Check in here (change of hotel)
hotel-check-out = Check out
hotel-check-out-of = Check out { $name }
hotel-checked-in = { $name } is checked in.
hotel-checked-out = { $name } is checked out.
hotel-guests-title = Guests
hotel-guests-caption = Guests by name
hotel-count = { $count ->
    [one] 1 guest
   *[other] { $shown } guests
}
hotel-more = There are more than are shown.
hotel-since = Came
hotel-until = Expected to leave
hotel-leave-column = Departure
hotel-empty-title = No guests
hotel-empty = Those who are checked in stand here.
hotel-protected = Guests with a protected address are not in the list. They are found by their reference code.
hotel-leave-title = Check out { $name }?
hotel-leave-text = The municipality the guest travels on to takes over the follow-up. If it was a mistake, the guest can be checked in again.
timeline-hotel-checked-in = Checked in at { $hotel } ({ $municipality })
timeline-hotel-checked-out = Checked out of the quarantine hotel
