"""The table of triggers: every blueprint and every route, and nothing else."""

from chalice.app import Chalice

from chalicelib.answers.routes import api as answers
from chalicelib.appointments.jobs import jobs as appointment_jobs
from chalicelib.appointments.routes import api as appointments
from chalicelib.appointments.routes import desk as appointments_desk
from chalicelib.appointments.routes import public as branches
from chalicelib.attachments.jobs import jobs as attachment_jobs
from chalicelib.attachments.routes import api as attachments
from chalicelib.attachments.routes import desk as attachments_desk
from chalicelib.complaints.routes import api as complaints
from chalicelib.complaints.routes import desk as complaints_desk
from chalicelib.emergencies.routes import desk as emergencies
from chalicelib.identity.routes import api as identity
from chalicelib.kiosks.routes import api as kiosks
from chalicelib.kiosks.routes import desk as kiosks_desk
from chalicelib.kiosks.routes import handovers
from chalicelib.notifications.jobs import jobs as notification_jobs
from chalicelib.notifications.routes import api as webhooks
from chalicelib.operations.jobs import jobs as operation_jobs
from chalicelib.operations.routes import api as operations
from chalicelib.records.jobs import jobs as record_jobs
from chalicelib.reports.routes import api as reports
from chalicelib.tickets.jobs import jobs as ticket_jobs
from chalicelib.tickets.routes import api as tickets
from chalicelib.tickets.routes import desk as tickets_desk
from chalicelib.verification.codes.routes import api as codes
from chalicelib.verification.codes.routes import desk as codes_desk
from chalicelib.verification.documents.routes import desk as documents
from chalicelib.verification.faces.routes import api as faces
from chalicelib.verification.faces.routes import desk as faces_desk
from chalicelib.web.edge import Edge

app = Chalice(app_name="dutydesk", configure_logs=False)

BLUEPRINTS = [ticket_jobs, attachment_jobs, appointment_jobs, notification_jobs, record_jobs, operation_jobs]
for blueprint in BLUEPRINTS:
    app.register_blueprint(blueprint)

APIS = [
    codes,
    identity,
    faces,
    faces_desk,
    documents,
    emergencies,
    tickets,
    tickets_desk,
    attachments,
    attachments_desk,
    answers,
    complaints,
    complaints_desk,
    branches,
    appointments,
    appointments_desk,
    kiosks,
    kiosks_desk,
    handovers,
    webhooks,
    operations,
    codes_desk,
    reports,
]
Edge(APIS).mount(app)
