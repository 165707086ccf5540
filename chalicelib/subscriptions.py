"""The whole choreography on one page: which event wakes which queue, and which queue works off what is due."""

from chalicelib.answers import events as answers
from chalicelib.appointments import events as appointments
from chalicelib.attachments import events as attachments
from chalicelib.callbacks import events as callbacks
from chalicelib.callbacks.campaigns import events as campaigns
from chalicelib.complaints import events as complaints
from chalicelib.emergencies import events as emergencies
from chalicelib.identity import events as identity
from chalicelib.kernel.events import Event
from chalicelib.kiosks import events as kiosks
from chalicelib.notifications import events as notifications
from chalicelib.tickets import events as tickets
from chalicelib.verification.codes import events as codes
from chalicelib.verification.faces import events as faces

ESCALATIONS = "escalations"  # tickets.jobs.escalate
BOOKINGS = "bookings"  # appointments.jobs.book
CALLBACKS = "callbacks"  # callbacks.jobs.callback
NOTIFICATIONS = "notifications"  # notifications.jobs.notify
RECEIPTS = "receipts"  # notifications.jobs.receipt
ATTACHMENTS = "attachments"  # attachments.jobs.examine

QUEUES: dict[type[Event], tuple[str, ...]] = {
    attachments.AttachmentStored: (ATTACHMENTS,),
    attachments.AttachmentInfected: (ATTACHMENTS,),
    answers.ReminderRepeated: (NOTIFICATIONS,),
    answers.ReviewDue: (NOTIFICATIONS,),
    answers.VersionProposed: (NOTIFICATIONS,),
    answers.VersionReturned: (NOTIFICATIONS,),
    appointments.AppointmentBooked: (BOOKINGS,),
    appointments.AppointmentCalled: (BOOKINGS,),
    appointments.AppointmentCancelled: (BOOKINGS, ATTACHMENTS),
    appointments.AppointmentKept: (BOOKINGS,),
    appointments.AppointmentMissed: (BOOKINGS,),
    appointments.AppointmentMoved: (BOOKINGS, ATTACHMENTS),
    appointments.AppointmentParked: (BOOKINGS,),
    appointments.AppointmentRebooked: (BOOKINGS, ATTACHMENTS),
    appointments.AppointmentTransferred: (BOOKINGS,),
    appointments.BranchRegistered: (BOOKINGS,),
    appointments.ContinuityEnded: (BOOKINGS,),
    appointments.ContinuitySet: (BOOKINGS,),
    appointments.PaperChecked: (BOOKINGS,),
    appointments.PaperInfected: (BOOKINGS,),
    appointments.HoldFreed: (BOOKINGS,),
    appointments.PaperUnscanned: (BOOKINGS,),
    appointments.PlanBegun: (BOOKINGS,),
    appointments.PlanWentOn: (BOOKINGS,),
    appointments.WaitlistJoined: (BOOKINGS,),
    appointments.WaitlistNotTaken: (BOOKINGS,),
    appointments.WaitlistOffered: (BOOKINGS,),
    appointments.WaitlistPassed: (BOOKINGS,),
    appointments.WaitlistWordAsked: (NOTIFICATIONS,),
    appointments.WordAsked: (NOTIFICATIONS,),
    callbacks.CallbackAnnounced: (NOTIFICATIONS,),
    callbacks.CallbackAnswered: (CALLBACKS,),
    callbacks.CallbackBroken: (NOTIFICATIONS, CALLBACKS),
    callbacks.CallbackCancelled: (CALLBACKS,),
    callbacks.CallbackDeclined: (CALLBACKS,),
    callbacks.CallbackKept: (CALLBACKS,),
    callbacks.CallbackLate: (NOTIFICATIONS,),
    callbacks.CallbackMoved: (CALLBACKS,),
    callbacks.CallbackPromised: (CALLBACKS,),
    callbacks.CallbackUnreached: (NOTIFICATIONS, CALLBACKS),
    callbacks.CallbackWordRepeated: (NOTIFICATIONS,),
    campaigns.CampaignOver: (NOTIFICATIONS,),
    campaigns.CampaignStarted: (CALLBACKS,),
    campaigns.CampaignWordRepeated: (NOTIFICATIONS,),
    complaints.AcknowledgementAsked: (NOTIFICATIONS,),
    complaints.ApprovalAsked: (NOTIFICATIONS,),
    complaints.ComplaintClosed: (CALLBACKS,),
    complaints.ComplaintMajor: (NOTIFICATIONS,),
    complaints.ComplaintReceived: (NOTIFICATIONS,),
    complaints.ComplaintWithdrawn: (NOTIFICATIONS,),
    complaints.CustomerReminded: (NOTIFICATIONS,),
    complaints.DecisionReturned: (NOTIFICATIONS,),
    complaints.DeliveryAsked: (NOTIFICATIONS,),
    complaints.ExtensionApproved: (NOTIFICATIONS,),
    complaints.ExtensionAsked: (NOTIFICATIONS,),
    codes.CodesStopped: (NOTIFICATIONS,),
    emergencies.EmergencyAnswered: (NOTIFICATIONS,),
    emergencies.EmergencyBegun: (NOTIFICATIONS,),
    emergencies.EmergencyReminded: (NOTIFICATIONS,),
    faces.FaceChecked: (NOTIFICATIONS,),
    faces.FaceDecided: (NOTIFICATIONS,),
    faces.FaceEnded: (NOTIFICATIONS,),
    codes.VerificationFailed: (NOTIFICATIONS,),
    codes.VerificationRerouted: (NOTIFICATIONS,),
    codes.VerificationResent: (NOTIFICATIONS,),
    codes.VerificationStarted: (NOTIFICATIONS,),
    kiosks.KioskSilent: (NOTIFICATIONS,),
    kiosks.KioskTampered: (NOTIFICATIONS,),
    kiosks.WordRepeated: (NOTIFICATIONS,),
    tickets.AssignmentFailed: (NOTIFICATIONS,),
    tickets.ClockMissed: (NOTIFICATIONS,),
    tickets.ClockWarned: (NOTIFICATIONS,),
    tickets.ComplaintSuspected: (NOTIFICATIONS,),
    tickets.FileInfected: (NOTIFICATIONS,),
    tickets.FileUnscanned: (NOTIFICATIONS,),
    tickets.NoticeRepeated: (NOTIFICATIONS,),
    tickets.TaskAnswered: (NOTIFICATIONS,),
    tickets.TaskAsked: (NOTIFICATIONS,),
    tickets.TaskAssigned: (NOTIFICATIONS,),
    tickets.TaskCancelled: (NOTIFICATIONS,),
    tickets.TaskReturned: (NOTIFICATIONS,),
    tickets.TicketAssigned: (NOTIFICATIONS,),
    tickets.TicketCalledBack: (NOTIFICATIONS,),
    tickets.TicketPromoted: (NOTIFICATIONS,),
    tickets.TicketReceived: (NOTIFICATIONS,),
    tickets.TicketReopened: (NOTIFICATIONS,),
    tickets.TicketResolved: (NOTIFICATIONS,),
    tickets.TicketWaiting: (NOTIFICATIONS,),
    tickets.UpdateAsked: (NOTIFICATIONS,),
    identity.AbsenceEntered: (ESCALATIONS,),
    notifications.TextStarted: (ESCALATIONS, BOOKINGS, CALLBACKS),
    notifications.TextHeld: (ESCALATIONS, BOOKINGS, CALLBACKS),
    notifications.TextWithheld: (ESCALATIONS, BOOKINGS, CALLBACKS),
    notifications.TextDelivered: (ESCALATIONS,),
    notifications.TextFailed: (ESCALATIONS,),
    notifications.ReceiptTaken: (RECEIPTS,),
}

BY_NAME = {event.NAME: queues for event, queues in QUEUES.items()}

# Who watches over word about something, by the prefix of its id: news of a text goes there, and not to the others.
WATCHING = {
    "tkt": ESCALATIONS,
    "ans": ESCALATIONS,
    "kio": ESCALATIONS,
    "apt": BOOKINGS,
    "wtl": BOOKINGS,
    "cbk": CALLBACKS,
    "cmp": CALLBACKS,
}

# What of an event a hint carries: where to look, and how word is kept apart; what people wrote stays where it is stored.
CARRIED = frozenset(
    {
        *("about", "attachment", "before_branch", "branch", "staff", "target", "ticket"),
        *("at", "before", "starts_at", "until"),
        *("key", "notices"),
    }
)

# What is due, by the prefix of its id.
DUE = {
    "tkt": ESCALATIONS,
    "msg": NOTIFICATIONS,
    "rcp": RECEIPTS,
    "away": ESCALATIONS,
    "ans": ESCALATIONS,
    "kio": ESCALATIONS,
    "emg": ESCALATIONS,
    "face": ESCALATIONS,
    "fch": ESCALATIONS,
    "att": ATTACHMENTS,
    "cbk": CALLBACKS,
    "cmp": CALLBACKS,
    "hld": BOOKINGS,
    "apt": BOOKINGS,
    "msr": BOOKINGS,
    "pln": BOOKINGS,
    "wtl": BOOKINGS,
    "wat": BOOKINGS,
    "ver": NOTIFICATIONS,
}
