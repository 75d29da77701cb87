"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from openhiu.web.directory.views import at_night, bringing, changing, looking

app_name = "directory"
_ONE = "services/<uuid:listing_id>/"

urlpatterns = [
    path("", looking.show_services, name="services"),
    path("services/add/", changing.add_service, name="add"),
    path(_ONE, looking.show_service, name="service"),
    path(f"{_ONE}change/", changing.change_service, name="change"),
    path(f"{_ONE}room/", changing.say_room, name="room"),
    path(f"{_ONE}verify/", changing.verify_service, name="verify"),
    path(f"{_ONE}end/", changing.end_service, name="end"),
    path(f"{_ONE}open-again/", changing.open_service_again, name="open_again"),
    path(f"{_ONE}history/", looking.show_history, name="history"),
    path("to-verify/", looking.show_to_verify, name="to_verify"),
    path("files/", bringing.bring_file, name="files"),
    path("files/<uuid:proposal_id>/", bringing.review_file, name="file"),
    path("files/<uuid:proposal_id>/put-away/", bringing.put_away, name="put_away"),
    path("take/open-referral/", looking.export_open_referral, name="open_referral"),
    path("take/table/", looking.export_csv, name="table"),
    path("out-of-hours/", at_night.show_out_of_hours, name="out_of_hours"),
    path("out-of-hours/card/", at_night.print_out_of_hours, name="out_of_hours_card"),
    path("out-of-hours/numbers/", at_night.show_numbers, name="numbers"),
]
