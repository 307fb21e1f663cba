"""Countries by their ISO 3166 codes: name, short name in running text, seat of government as tables print it.

The list is for naming sides and takes none; a dossier may name any of them otherwise. EU and UN are listed because they
sit at the table like a country."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.model import Country

# Code, name (short name, where it differs), seat.
_TABLE = """
AD Andorra | Andorra la Vella
AE United Arab Emirates | Abu Dhabi
AF Afghanistan | Kabul
AG Antigua and Barbuda | Saint John’s
AL Albania | Tirana
AM Armenia | Yerevan
AO Angola | Luanda
AR Argentina | Buenos Aires
AT Austria | Vienna
AU Australia | Canberra
AZ Azerbaijan | Baku
BA Bosnia and Herzegovina | Sarajevo
BB Barbados | Bridgetown
BD Bangladesh | Dhaka
BE Belgium | Brussels
BF Burkina Faso | Ouagadougou
BG Bulgaria | Sofia
BH Bahrain | Manama
BI Burundi | Gitega
BJ Benin | Cotonou
BN Brunei | Bandar Seri Begawan
BO Bolivia | La Paz
BR Brazil | Brasília
BS The Bahamas | Nassau
BT Bhutan | Thimphu
BW Botswana | Gaborone
BY Belarus | Minsk
BZ Belize | Belmopan
CA Canada | Ottawa
CD Democratic Republic of the Congo | Kinshasa
CF Central African Republic | Bangui
CG Republic of the Congo | Brazzaville
CH Switzerland | Bern
CI Côte d’Ivoire | Abidjan
CK Cook Islands | Avarua
CL Chile | Santiago
CM Cameroon | Yaoundé
CN China | Beijing
CO Colombia | Bogotá
CR Costa Rica | San José
CU Cuba | Havana
CV Cabo Verde | Praia
CY Cyprus | Nicosia
CZ Czech Republic | Prague
DE Germany | Berlin
DJ Djibouti | Djibouti
DK Denmark | Copenhagen
DM Dominica | Roseau
DO Dominican Republic | Santo Domingo
DZ Algeria | Algiers
EC Ecuador | Quito
EE Estonia | Tallinn
EG Egypt | Cairo
ER Eritrea | Asmara
ES Spain | Madrid
ET Ethiopia | Addis Ababa
EU European Union (EU) | Brussels
FI Finland | Helsinki
FJ Fiji | Suva
FM Micronesia | Palikir
FR France | Paris
GA Gabon | Libreville
GB United Kingdom (U.K.) | London
GD Grenada | St George’s
GE Georgia | Tbilisi
GH Ghana | Accra
GL Greenland | Nuuk
GM The Gambia | Banjul
GN Guinea | Conakry
GQ Equatorial Guinea | Malabo
GR Greece | Athens
GT Guatemala | Guatemala City
GW Guinea-Bissau | Bissau
GY Guyana | Georgetown
HK Hong Kong | Hong Kong
HN Honduras | Tegucigalpa
HR Croatia | Zagreb
HT Haiti | Port-au-Prince
HU Hungary | Budapest
ID Indonesia | Jakarta
IE Ireland | Dublin
IL Israel | Jerusalem
IN India | New Delhi
IQ Iraq | Baghdad
IR Iran | Tehran
IS Iceland | Reykjavík
IT Italy | Rome
JM Jamaica | Kingston
JO Jordan | Amman
JP Japan | Tokyo
KE Kenya | Nairobi
KG Kyrgyzstan | Bishkek
KH Cambodia | Phnom Penh
KI Kiribati | Tarawa
KM Comoros | Moroni
KN Saint Kitts and Nevis | Basseterre
KP North Korea | Pyongyang
KR South Korea | Seoul
KW Kuwait | Kuwait City
KZ Kazakhstan | Astana
LA Laos | Vientiane
LB Lebanon | Beirut
LC Saint Lucia | Castries
LI Liechtenstein | Vaduz
LK Sri Lanka | Colombo
LR Liberia | Monrovia
LS Lesotho | Maseru
LT Lithuania | Vilnius
LU Luxembourg | Luxembourg
LV Latvia | Riga
LY Libya | Tripoli
MA Morocco | Rabat
MC Monaco | Monaco
MD Moldova | Chişinău
ME Montenegro | Podgorica
MG Madagascar | Antananarivo
MH Marshall Islands | Majuro
MK North Macedonia | Skopje
ML Mali | Bamako
MM Myanmar | Naypyidaw
MN Mongolia | Ulaanbaatar
MO Macao | Macao
MR Mauritania | Nouakchott
MT Malta | Valletta
MU Mauritius | Port Louis
MV Maldives | Malé
MW Malawi | Lilongwe
MX Mexico | Mexico City
MY Malaysia | Kuala Lumpur
MZ Mozambique | Maputo
NA Namibia | Windhoek
NE Niger | Niamey
NG Nigeria | Abuja
NI Nicaragua | Managua
NL Netherlands | The Hague
NO Norway | Oslo
NP Nepal | Kathmandu
NR Nauru | Yaren
NU Niue | Alofi
NZ New Zealand | Wellington
OM Oman | Muscat
PA Panama | Panama City
PE Peru | Lima
PG Papua New Guinea | Port Moresby
PH Philippines | Manila
PK Pakistan | Islamabad
PL Poland | Warsaw
PS Palestine | Ramallah
PT Portugal | Lisbon
PW Palau | Ngerulmud
PY Paraguay | Asunción
QA Qatar | Doha
RO Romania | Bucharest
RS Serbia | Belgrade
RU Russia | Moscow
RW Rwanda | Kigali
SA Saudi Arabia | Riyadh
SB Solomon Islands | Honiara
SC Seychelles | Victoria
SD Sudan | Khartoum
SE Sweden | Stockholm
SG Singapore | Singapore
SI Slovenia | Ljubljana
SK Slovakia | Bratislava
SL Sierra Leone | Freetown
SM San Marino | San Marino
SN Senegal | Dakar
SO Somalia | Mogadishu
SR Suriname | Paramaribo
SS South Sudan | Juba
ST São Tomé and Príncipe | São Tomé
SV El Salvador | San Salvador
SY Syria | Damascus
SZ Eswatini | Mbabane
TD Chad | N’Djamena
TG Togo | Lomé
TH Thailand | Bangkok
TJ Tajikistan | Dushanbe
TL Timor-Leste | Dili
TM Turkmenistan | Ashgabat
TN Tunisia | Tunis
TO Tonga | Nuku’alofa
TR Türkiye | Ankara
TT Trinidad and Tobago | Port of Spain
TV Tuvalu | Funafuti
TW Taiwan | Taipei
TZ Tanzania | Dodoma
UA Ukraine | Kyiv
UG Uganda | Kampala
UN United Nations (UN) | New York
US United States (U.S.) | Washington
UY Uruguay | Montevideo
UZ Uzbekistan | Tashkent
VA Holy See | Vatican City
VC Saint Vincent and the Grenadines | Kingstown
VE Venezuela | Caracas
VN Vietnam | Hanoi
VU Vanuatu | Port Vila
WS Samoa | Apia
XK Kosovo | Pristina
YE Yemen | Aden
ZA South Africa | Pretoria
ZM Zambia | Lusaka
ZW Zimbabwe | Harare
"""


def _country(line: str) -> Country:
    code, rest = line.split(" ", 1)
    names, seat = rest.split(" | ")
    name, _, short = names.removesuffix(")").partition(" (")
    return Country(code, name, short or name, seat)


COUNTRIES: Mapping[str, Country] = {country.code: country for country in map(_country, _TABLE.split("\n")[1:-1])}
