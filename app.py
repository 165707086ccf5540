"""The table of triggers: every blueprint and every route, and nothing else."""

from chalice.app import Chalice

from chalicelib.answers.routes import api as answers
from chalicelib.attachments.jobs import jobs as attachment_jobs
from chalicelib.attachments.routes import api as attachments
from chalicelib.attachments.routes import desk as attachments_desk
from chalicelib.complaints.routes import api as complaints
from chalicelib.complaints.routes import desk as complaints_desk
from chalicelib.identity.routes import api as identity
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
from chalicelib.web.edge import Edge

app = Chalice(app_name="dutydesk", configure_logs=False)

for blueprint in (ticket_jobs, attachment_jobs, notification_jobs, record_jobs, operation_jobs):
    app.register_blueprint(blueprint)

APIS = [
    codes,
    identity,
    tickets,
    tickets_desk,
    attachments,
    attachments_desk,
    answers,
    complaints,
    complaints_desk,
    webhooks,
    operations,
    codes_desk,
    reports,
]
Edge(APIS).mount(app)
